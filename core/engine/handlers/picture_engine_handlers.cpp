// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/picture_engine_handlers.h"

#include "core/operations/handlers.h"
#include "core/operations/picture_engine.h"

namespace visgate {

void PictureEngineHandlers::addTo(Handlers& handlers)
{
    handlers.add<GetPictureEngine>([this](GetPictureEngine) { return state(); });
    handlers.add<InstallPictureEngine>([this](InstallPictureEngine) { return install(); });
    handlers.add<PausePictureEngine>([this](PausePictureEngine) { return pause(); });
    handlers.add<RemovePictureEngine>([this](RemovePictureEngine) { return m_installer.remove(); });
}

Task<Result<PictureEngine>> PictureEngineHandlers::state()
{
    co_return m_installer.state();
}

Task<Result<PictureEngine>> PictureEngineHandlers::install()
{
    m_installer.install();
    co_return m_installer.state();
}

Task<Result<PictureEngine>> PictureEngineHandlers::pause()
{
    m_installer.pause();
    co_return m_installer.state();
}

} // namespace visgate
