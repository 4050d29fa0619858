// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/setting_rules.h"

#include "core/foundation/worker_protocol/job_limits.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace visgate {

namespace {

/// %1 and %2 are the smallest and the largest number, where the rule names them.
struct Rule {
    const char* field;
    const char* name;
    const char* rule;
    double least = 0.0;
    double most = 0.0;
};

// clang-format off: a table reads best as one
constexpr std::array kRules{
    Rule{"endpoint", QT_TRANSLATE_NOOP("Fields", "Address"),
        QT_TRANSLATE_NOOP("Fields",
            "It begins with https:// (http:// for this computer only) and names the S3 service, without key or "
            "question mark: https://s3.eu-central-1.amazonaws.com.")},
    Rule{"region", QT_TRANSLATE_NOOP("Fields", "Region"),
        QT_TRANSLATE_NOOP("Fields", "One word of letters, digits and hyphens, such as eu-central-1 or auto.")},
    Rule{"bucket", QT_TRANSLATE_NOOP("Fields", "Bucket"),
        QT_TRANSLATE_NOOP("Fields", "2 to 63 letters, digits, dots and hyphens, without slashes: my-pictures.")},
    Rule{"prefix", QT_TRANSLATE_NOOP("Fields", "Prefix"),
        QT_TRANSLATE_NOOP(
            "Fields", "At most 200 letters, digits, spaces and the signs . _ - /, without “..”: pictures/2026/.")},
    Rule{"keys", QT_TRANSLATE_NOOP("Fields", "Key"),
        QT_TRANSLATE_NOOP("Fields", "The key's id and its secret come together, each on one line.")},
    Rule{"secret_key", QT_TRANSLATE_NOOP("Fields", "Secret key"),
        QT_TRANSLATE_NOOP("Fields", "The key's id and its secret come together, each on one line.")},
    Rule{"key", QT_TRANSLATE_NOOP("Fields", "Key"),
        QT_TRANSLATE_NOOP("Fields", "One word, as the provider shows it, without spaces and line breaks.")},
    Rule{"account_name", QT_TRANSLATE_NOOP("Fields", "Account name"),
        QT_TRANSLATE_NOOP("Fields", "1 to 40 characters, and not the name of another account.")},
    Rule{"account_provider", QT_TRANSLATE_NOOP("Fields", "Provider"),
        QT_TRANSLATE_NOOP("Fields", "One whose accounts have keys, such as runpod.")},
    Rule{"worker_image", QT_TRANSLATE_NOOP("Fields", "Worker image"),
        QT_TRANSLATE_NOOP(
            "Fields", "A full image name with its version and without spaces: docker.io/me/visgate-worker:1.0.")},
    Rule{"image", QT_TRANSLATE_NOOP("Fields", "Worker image"),
        QT_TRANSLATE_NOOP(
            "Fields", "A full image name with its version and without spaces: docker.io/me/visgate-worker:1.0.")},
    Rule{"gpu_tier", QT_TRANSLATE_NOOP("Fields", "GPU"),
        QT_TRANSLATE_NOOP(
            "Fields", "A kind of GPU from the provider's list, such as A40; leave it out for the cheapest that fits.")},
    Rule{"tell_at_usd, stop_at_usd", QT_TRANSLATE_NOOP("Fields", "Limits"),
        QT_TRANSLATE_NOOP("Fields", "Amounts in US dollars above 0, and what warns is not above what stops.")},
    Rule{"tell_at_usd", QT_TRANSLATE_NOOP("Fields", "Warn at"),
        QT_TRANSLATE_NOOP("Fields", "An amount in US dollars above 0, not above the one that stops.")},
    Rule{"stop_at_usd", QT_TRANSLATE_NOOP("Fields", "Stop at"),
        QT_TRANSLATE_NOOP("Fields", "An amount in US dollars above 0.")},
    Rule{"deployment_id", QT_TRANSLATE_NOOP("Fields", "Deployment"),
        QT_TRANSLATE_NOOP("Fields", "A limit of one deployment names it; one of the day or month does not.")},
    Rule{"from, to", QT_TRANSLATE_NOOP("Fields", "Time"), QT_TRANSLATE_NOOP("Fields", "It begins before it ends.")},
    Rule{"from", QT_TRANSLATE_NOOP("Fields", "From"),
        QT_TRANSLATE_NOOP("Fields", "A day and time such as 2026-01-31T09:00:00Z.")},
    Rule{"to", QT_TRANSLATE_NOOP("Fields", "To"),
        QT_TRANSLATE_NOOP("Fields", "A day and time such as 2026-01-31T09:00:00Z.")},
    Rule{"keep", QT_TRANSLATE_NOOP("Fields", "Keep"), QT_TRANSLATE_NOOP("Fields", "A time such as 30m, 24h or 7d.")},
    Rule{"cursor", QT_TRANSLATE_NOOP("Fields", "Page"),
        QT_TRANSLATE_NOOP("Fields", "Only what an earlier answer named as its next page.")},
    Rule{"pool", QT_TRANSLATE_NOOP("Fields", "Keep warm"),
        QT_TRANSLATE_NOOP("Fields",
            "1 to 50 windows such as “mon-fri 09:00-17:00 Europe/Istanbul”, a time within the next 31 days, or always, "
            "which needs a stored key.")},
    Rule{"release", QT_TRANSLATE_NOOP("Fields", "Version"),
        QT_TRANSLATE_NOOP("Fields", "An earlier one from the list, whose changes can all be set back.")},
    Rule{"prompt", QT_TRANSLATE_NOOP("Fields", "Prompt"),
        QT_TRANSLATE_NOOP("Fields", "Say in words what the picture shows, in %2 characters at most."), 1,
        job_limits::kLongestPrompt},
    Rule{"width", QT_TRANSLATE_NOOP("Fields", "Width"), QT_TRANSLATE_NOOP("Fields", "A whole number from %1 to %2."),
        job_limits::kLeastPixels, job_limits::kMostPixels},
    Rule{"height", QT_TRANSLATE_NOOP("Fields", "Height"), QT_TRANSLATE_NOOP("Fields", "A whole number from %1 to %2."),
        job_limits::kLeastPixels, job_limits::kMostPixels},
    Rule{"num_inference_steps", QT_TRANSLATE_NOOP("Fields", "Steps"),
        QT_TRANSLATE_NOOP("Fields", "A whole number from %1 to %2."), 1, job_limits::kMostSteps},
    Rule{"num_images", QT_TRANSLATE_NOOP("Fields", "Pictures"),
        QT_TRANSLATE_NOOP("Fields", "A whole number from %1 to %2."), 1, job_limits::kMostPictures},
    Rule{"guidance_scale", QT_TRANSLATE_NOOP("Fields", "Guidance"),
        QT_TRANSLATE_NOOP("Fields", "A number from %1 to %2."), 0, job_limits::kMostGuidance},
};
// clang-format on

QString translatedField(const char* text)
{
    return QCoreApplication::translate("Fields", text);
}

} // namespace

std::optional<SettingRule> settingRule(const QString& field)
{
    const auto found = std::find_if(
        kRules.begin(), kRules.end(), [&field](const Rule& rule) { return field == QLatin1String(rule.field); });
    if (found == kRules.end())
        return std::nullopt;
    QString sentence = translatedField(found->rule);
    if (found->most > 0.0)
        sentence.replace(QLatin1String("%1"), QString::number(found->least))
            .replace(QLatin1String("%2"), QString::number(found->most));
    return SettingRule{translatedField(found->name), sentence};
}

} // namespace visgate
