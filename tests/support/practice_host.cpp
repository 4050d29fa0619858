// SPDX-License-Identifier: GPL-3.0-or-later
// Practice mode by itself, for tests that need a provider: prints its addresses as one line of JSON and serves until
// it is asked to end (SIGTERM, or the control route's shutdown).
#include "core/foundation/path_text.h"
#include "core/foundation/platform/program.h"
#include "core/practice/server.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace {

constexpr const char* usage
    = "practice_host --data DIR [--worker PROGRAM] [--speed N] [--port N] [--seed N] [--leave-after SECONDS]\n"
      "              [--hub-files DIR: models that the hub gives out as they are, OWNER/NAME/...]\n"
      "              [--image REFERENCE=PROGRAM]... [--stochastic yes|no: whether initialising is billed]\n"
      "              [--guarded yes: as the program itself starts it]\n";

int explain(const std::string& problem)
{
    std::fprintf(stderr, "practice_host: %s\n%s", problem.c_str(), usage);
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    visgate::practice::ServeOptions options;
    options.leaveAfter = std::chrono::seconds(0);
    options.open = true; // tests bring keys of their own, play fate and look at everything
    options.tellsSecrets = true;
    visgate::platform::keepLineEnds();
    const std::vector<std::string> arguments = visgate::platform::programArguments(argc, argv);
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        const std::string& name = arguments[i];
        if (i + 1 == arguments.size())
            return explain(name + " needs a value");
        const std::string& value = arguments[i + 1];
        if (name == "--data")
            options.dataFolder = visgate::pathFromUtf8(value);
        else if (name == "--worker")
            options.workerProgram = visgate::pathFromUtf8(value);
        else if (name == "--hub-files")
            options.hubFolder = visgate::pathFromUtf8(value);
        else if (name == "--speed")
            std::from_chars(value.data(), value.data() + value.size(), options.speed);
        else if (name == "--port")
            options.port = static_cast<std::uint16_t>(std::strtoul(value.c_str(), nullptr, 10));
        else if (name == "--seed")
            options.seed = std::strtoull(value.c_str(), nullptr, 10);
        else if (name == "--leave-after")
            options.leaveAfter = std::chrono::seconds(std::strtol(value.c_str(), nullptr, 10));
        else if (name == "--guarded")
            options.open = options.tellsSecrets = value != "yes";
        else if (name == "--stochastic")
            options.stochastic = {.seed = options.seed, .billsInitializing = value == "yes"};
        else if (name == "--image" && value.find('=') != std::string::npos)
            options.images[value.substr(0, value.find('='))]
                = {visgate::pathFromUtf8(value.substr(value.find('=') + 1)), {}};
        else
            return explain("unknown option " + name);
    }
    if (options.dataFolder.empty() || options.speed <= 0)
        return explain("--data is needed, and a speed above 0");
    const auto ended = visgate::practice::serve(options, [](const visgate::practice::Addresses& addresses) {
        std::printf("%s\n", addresses.toJson().c_str());
        std::fflush(stdout);
    });
    if (!ended) {
        const visgate::Error& error = ended.error();
        std::fprintf(stderr, "practice_host: %s: %s\n", std::string(visgate::toString(error.code)).c_str(),
            error.detail.c_str());
        return 1;
    }
    return *ended;
}
