// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/recipe/recipe.h"

#include "core/foundation/json/json_read.h"
#include "core/foundation/redactor.h"
#include "core/foundation/worker_protocol/job_limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace visgate {

namespace {

using job_limits::PromptProblem;
using json::Json;

constexpr std::size_t kLongestText = 16'384;
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kMostPrompts = 100;
constexpr std::size_t kMostGpus = 32;
constexpr std::int64_t kDay = 86'400;
constexpr const char* kVersionField = "visgate_recipe";

tl::unexpected<Error> unreadable(std::string what)
{
    return fail(ErrorCode::RecipeUnreadable, std::move(what));
}

/// Takes fields out of one object and remembers the first that is wrong. `null` counts as absent.
class FieldReader {
public:
    FieldReader(const Json& object, std::string prefix, std::string& problem)
        : m_object(object), m_prefix(std::move(prefix)), m_problem(problem)
    {
    }

    [[nodiscard]] std::string text(const char* name, std::size_t longest)
    {
        const Json* const value = take(name);
        if (value == nullptr)
            return {};
        if (!value->is_string())
            refuse(name, "must be a text");
        else if (value->get_ref<const std::string&>().size() > longest)
            refuse(name, "is too long");
        else
            return value->get<std::string>();
        return {};
    }

    [[nodiscard]] std::optional<std::int64_t> integer(const char* name, std::int64_t low, std::int64_t high)
    {
        const Json* const value = take(name);
        if (value == nullptr)
            return std::nullopt;
        const auto number = value->is_number_integer() ? json::integer(m_object, name) : std::nullopt;
        if (number && *number >= low && *number <= high)
            return number;
        refuse(name, "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
        return std::nullopt;
    }

    [[nodiscard]] std::optional<double> number(const char* name, double low, double high)
    {
        const Json* const value = take(name);
        if (value == nullptr)
            return std::nullopt;
        const double number = value->is_number() ? value->get<double>() : std::nan("");
        if (number >= low && number <= high)
            return number;
        refuse(name, "is no number in its range");
        return std::nullopt;
    }

    /// An object; an empty one when absent.
    [[nodiscard]] Json object(const char* name)
    {
        const Json* const value = take(name);
        if (value != nullptr && value->is_object())
            return *value;
        if (value != nullptr)
            refuse(name, "must be an object");
        return Json::object();
    }

    [[nodiscard]] Json array(const char* name, std::size_t most)
    {
        const Json* const value = take(name);
        if (value != nullptr && value->is_array() && value->size() <= most)
            return *value;
        if (value != nullptr)
            refuse(name, "must be a list of at most " + std::to_string(most));
        return Json::array();
    }

    void refuse(const std::string& name, const std::string& reason)
    {
        if (m_problem.empty())
            m_problem = m_prefix + name + " " + reason;
    }

private:
    [[nodiscard]] const Json* take(const char* name) const
    {
        const Json* const value = json::find(m_object, name);
        return value == nullptr || value->is_null() ? nullptr : value;
    }

    const Json& m_object;
    std::string m_prefix;
    std::string& m_problem;
};

RecipeSizes readSizes(const Json& object, std::string& problem)
{
    FieldReader fields(object, "sizes.", problem);
    RecipeSizes sizes;
    sizes.width = fields.integer("width", job_limits::kLeastPixels, job_limits::kMostPixels);
    sizes.height = fields.integer("height", job_limits::kLeastPixels, job_limits::kMostPixels);
    sizes.steps = fields.integer("num_inference_steps", job_limits::kLeastSteps, job_limits::kMostSteps);
    sizes.guidance = fields.number("guidance_scale", job_limits::kLeastGuidance, job_limits::kMostGuidance);
    sizes.count = fields.integer("num_images", 1, job_limits::kMostPictures);
    return sizes;
}

RecipeLimits readLimits(const Json& object, std::string& problem)
{
    FieldReader fields(object, "limits.", problem);
    RecipeLimits limits;
    limits.idleTimeoutSeconds = fields.integer("idle_timeout_seconds", 1, 3600);
    limits.executionTimeoutSeconds = fields.integer("execution_timeout_seconds", 5, 7 * kDay);
    limits.initTimeoutSeconds = fields.integer("init_timeout_seconds", 30, kDay);
    limits.workerIdleTimeoutSeconds = fields.integer("worker_idle_timeout_seconds", 1, kDay);
    limits.failureThreshold = fields.integer("failure_threshold", 1, 100);
    limits.workersMin = fields.integer("workers_min", 0, 60);
    limits.workersMax = fields.integer("workers_max", 1, 60);
    if (limits.workersMin.value_or(0) > limits.workersMax.value_or(1))
        fields.refuse("workers_min", "is above workers_max");
    return limits;
}

std::vector<RecipePrompt> readPrompts(const Json& array, std::string& problem)
{
    std::vector<RecipePrompt> prompts;
    for (const Json& entry : array) {
        FieldReader fields(entry, "prompts.", problem);
        RecipePrompt prompt;
        prompt.prompt = fields.text("prompt", kLongestText);
        prompt.negativePrompt = fields.text("negative_prompt", kLongestText);
        if (!entry.is_object() || prompt.prompt.empty())
            fields.refuse("prompt", "is missing");
        else if (const auto check = job_limits::checkPrompt(prompt.prompt); check.problem != PromptProblem::None)
            fields.refuse("prompt", job_limits::ruleOf(check));
        if (const auto check = job_limits::checkPrompt(prompt.negativePrompt);
            check.problem != PromptProblem::None && check.problem != PromptProblem::Empty)
            fields.refuse("negative_prompt", job_limits::ruleOf(check));
        prompt.seed = fields.integer("seed", 0, job_limits::kLargestSeed);
        prompt.source = json::dump(entry);
        prompts.push_back(std::move(prompt));
    }
    return prompts;
}

/// Credentials have no place in a file that is passed on, whoever put them there.
bool isNamedLikeASecret(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    constexpr std::array<std::string_view, 9> kNames{
        "token", "secret", "password", "passwd", "api_key", "apikey", "authorization", "credential", "private_key"};
    return std::any_of(
        kNames.begin(), kNames.end(), [&name](std::string_view word) { return name.find(word) != std::string::npos; });
}

Json withoutSecrets(const Json& value, const Redactor& redactor)
{
    if (value.is_string())
        return redactor.redact(value.get<std::string>());
    if (value.is_array()) {
        Json array = Json::array();
        for (const Json& entry : value)
            array.push_back(withoutSecrets(entry, redactor));
        return array;
    }
    if (!value.is_object())
        return value;
    Json object = Json::object();
    for (const auto& [name, entry] : value.items()) {
        if (!isNamedLikeASecret(name) && redactor.redact(name) == name)
            object[name] = withoutSecrets(entry, redactor);
    }
    return object;
}

void put(Json& object, const char* name, const std::string& text)
{
    if (text.empty())
        object.erase(name);
    else
        object[name] = text;
}

template <typename T> void put(Json& object, const char* name, const std::optional<T>& value)
{
    if (value)
        object[name] = *value;
    else
        object.erase(name);
}

/// The member as an object that may be filled in, whatever it was before.
Json& inner(Json& object, const char* name)
{
    Json& member = object[name];
    if (!member.is_object())
        member = Json::object();
    return member;
}

void dropIfEmpty(Json& object, const char* name)
{
    if (object[name].empty())
        object.erase(name);
}

Json toJson(const RecipePrompt& prompt)
{
    Json object = json::parseObject(prompt.source).value_or(Json::object());
    put(object, "prompt", prompt.prompt);
    put(object, "negative_prompt", prompt.negativePrompt);
    put(object, "seed", prompt.seed);
    return object;
}

/// Where the text stops to be JSON, for whoever has edited it by hand.
tl::unexpected<Error> brokenText(std::string_view text)
{
    if (text.find('\0') != std::string_view::npos)
        return unreadable("the text is UTF-16, or not a text: save it as UTF-8");
    std::size_t place = text.size();
    try {
        const Json parsed = Json::parse(text.begin(), text.end());
    } catch (const Json::parse_error& error) {
        place = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
    }
    const std::string_view before = text.substr(0, place);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t lineStart = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const std::size_t last = before.find_last_not_of(" \t\r\n");
    const char found = place < text.size() ? text[place] : '\0';
    const bool isAfterComma = last != std::string_view::npos && before[last] == ',';
    std::string why = "JSON is expected here";
    if (found == '\0')
        why = "the JSON text ends too early";
    else if (found == '/' || found == '#')
        why = "comments are no part of JSON";
    else if (isAfterComma && (found == '}' || found == ']'))
        why = "the comma before is one too many";
    else if (isAfterComma && found >= '0' && found <= '9')
        why = "a field's name is expected here; in numbers, a point stands for the comma";
    Error error{ErrorCode::RecipeUnreadable, why, 0, {}, {std::to_string(line), std::to_string(place - lineStart + 1)}};
    return tl::unexpected(std::move(error));
}

} // namespace

Result<Recipe> parseRecipe(std::string_view text)
{
    if (text.size() > kLargestRecipe)
        return unreadable("more than " + std::to_string(kLargestRecipe / kKiB) + " KiB");
    bool isTooDeep = false;
    const auto watchDepth = [&isTooDeep](int depth, Json::parse_event_t, Json&) {
        isTooDeep = isTooDeep || depth > kDeepestRecipe;
        return !isTooDeep;
    };
    const Json document = Json::parse(text.begin(), text.end(), watchDepth, false);
    if (isTooDeep)
        return unreadable("nested too deeply");
    if (document.is_discarded())
        return brokenText(text);
    if (!document.is_object())
        return unreadable("not a JSON object");
    std::string problem;
    FieldReader fields(document, {}, problem);
    const auto version = fields.integer(kVersionField, 1, INT32_MAX);
    if (!version)
        return unreadable(problem.empty() ? std::string(kVersionField) + " is missing" : problem);
    if (*version > kRecipeVersion)
        return fail(ErrorCode::RecipeTooNew, "version " + std::to_string(*version));
    Recipe recipe;
    recipe.name = fields.text("name", kLongestName);
    const Json model = fields.object("model");
    FieldReader modelFields(model, "model.", problem);
    recipe.modelId = modelFields.text("id", kLongestName);
    if (recipe.modelId.empty())
        modelFields.refuse("id", "is missing");
    recipe.revision = modelFields.text("revision", kLongestName);
    recipe.task = fields.text("task", kLongestName);
    const Json gpu = fields.object("gpu");
    FieldReader gpuFields(gpu, "gpu.", problem);
    recipe.gpuTier = gpuFields.text("tier", kLongestName);
    for (const Json& name : gpuFields.array("planned", kMostGpus)) {
        if (name.is_string() && name.get_ref<const std::string&>().size() <= kLongestName)
            recipe.gpus.push_back(name.get<std::string>());
        else
            gpuFields.refuse("planned", "holds something else than names");
    }
    recipe.sizes = readSizes(fields.object("sizes"), problem);
    recipe.limits = readLimits(fields.object("limits"), problem);
    recipe.prompts = readPrompts(fields.array("prompts", kMostPrompts), problem);
    if (!problem.empty())
        return unreadable(problem);
    recipe.source = json::dump(document);
    return recipe;
}

std::string formatRecipe(const Recipe& recipe)
{
    Json document = json::parseObject(recipe.source).value_or(Json::object());
    document[kVersionField] = kRecipeVersion;
    put(document, "name", recipe.name);
    Json& model = inner(document, "model");
    put(model, "id", recipe.modelId);
    put(model, "revision", recipe.revision);
    put(document, "task", recipe.task);
    Json& gpu = inner(document, "gpu");
    put(gpu, "tier", recipe.gpuTier);
    if (recipe.gpus.empty())
        gpu.erase("planned");
    else
        gpu["planned"] = recipe.gpus;
    Json& sizes = inner(document, "sizes");
    put(sizes, "width", recipe.sizes.width);
    put(sizes, "height", recipe.sizes.height);
    put(sizes, "num_inference_steps", recipe.sizes.steps);
    put(sizes, "guidance_scale", recipe.sizes.guidance);
    put(sizes, "num_images", recipe.sizes.count);
    Json& limits = inner(document, "limits");
    put(limits, "idle_timeout_seconds", recipe.limits.idleTimeoutSeconds);
    put(limits, "execution_timeout_seconds", recipe.limits.executionTimeoutSeconds);
    put(limits, "init_timeout_seconds", recipe.limits.initTimeoutSeconds);
    put(limits, "worker_idle_timeout_seconds", recipe.limits.workerIdleTimeoutSeconds);
    put(limits, "failure_threshold", recipe.limits.failureThreshold);
    put(limits, "workers_min", recipe.limits.workersMin);
    put(limits, "workers_max", recipe.limits.workersMax);
    Json prompts = Json::array();
    for (const RecipePrompt& prompt : recipe.prompts)
        prompts.push_back(toJson(prompt));
    document["prompts"] = std::move(prompts);
    for (const char* member : {"gpu", "sizes", "limits", "prompts"})
        dropIfEmpty(document, member);
    const Redactor redactor; // shapes only: no value of this program's is needed to know a key when it is seen
    return withoutSecrets(document, redactor).dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace visgate
