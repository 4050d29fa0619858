// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/picture_engine/engine_installer.h"

namespace visgate {

class Handlers;

/// What draws real models on this computer: installed, paused, removed. Engine thread only.
class PictureEngineHandlers {
public:
    explicit PictureEngineHandlers(EngineInstaller& installer) : m_installer(installer) { }

    void addTo(Handlers& handlers);

private:
    Task<Result<PictureEngine>> state();
    Task<Result<PictureEngine>> install();
    Task<Result<PictureEngine>> pause();

    EngineInstaller& m_installer;
};

} // namespace visgate
