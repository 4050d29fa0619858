// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

class AccountList;
class Desktop;
class Language;
class Theme;
class UiSettings;

/// What every screen is given. All of it outlives the window.
struct UiContext {
    DeploymentService& service;
    AccountList& accounts;
    Theme& theme;
    Language& language;
    UiSettings& settings;
    Desktop& desktop;
    QString logFolder{}; ///< the deployments' logs, and the program's own
};

} // namespace visgate::ui
