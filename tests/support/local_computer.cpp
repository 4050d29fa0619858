// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/local_computer.h"

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/foundation/redactor.h"
#include "core/providers/this_computer/this_computer_descriptor.h"
#include "core/providers/this_computer/this_computer_provider.h"

#include <QCoreApplication>

#include <utility>

namespace visgate::test {

QString workerProgram()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/visgate-worker");
}

void addThisComputer(EngineConfig& config)
{
    const Paths paths{config.dataFolder, {}, {}};
    ThisComputerSettings settings;
    settings.folder = paths.thisComputer();
    settings.worker = workerProgram();
    settings.python = [file = paths.settings()] { return Settings(file).value(Settings::table().pictureEnginePython); };
    settings.clock = config.clock;
    settings.redactor = config.redactor;
    config.providers.append(thisComputerDescriptor());
    config.makeProvider
        = [here = accountsOfThisComputer(std::move(settings)), make = std::move(config.makeProvider)](AccountId account,
              TargetAddress address, std::shared_ptr<const Secret> key) -> std::unique_ptr<Provider> {
        if (account.isThisComputer())
            return here();
        return make(std::move(account), std::move(address), std::move(key));
    };
}

} // namespace visgate::test
