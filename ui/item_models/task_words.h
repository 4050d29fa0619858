// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"

#include <QCoreApplication>
#include <QString>

namespace visgate::ui {

/// The words of generation tasks.
class Tasks {
    Q_DECLARE_TR_FUNCTIONS(Tasks)

public:
    [[nodiscard]] static QString word(GenerationTask task)
    {
        switch (task) {
        case GenerationTask::TextToImage:
            return tr("Text to image");
        case GenerationTask::ImageToImage:
            return tr("Image to image");
        case GenerationTask::TextToVideo:
            return tr("Text to video");
        case GenerationTask::ImageToVideo:
            return tr("Image to video");
        case GenerationTask::VideoToVideo:
            return tr("Video to video");
        }
        return {};
    }
};

} // namespace visgate::ui
