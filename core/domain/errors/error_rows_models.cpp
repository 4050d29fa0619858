// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/error_rows.h"

#include <array>

namespace visgate {

namespace {

/// Of a model that makes something else, or not from words.
constexpr ErrorRow otherKind(ErrorCode code, const char* message, const char* plainMessage)
{
    return {code, message, plainMessage,
        QT_TRANSLATE_NOOP("Errors", "Visgate makes images and video from words; choose one of the image models."),
        QT_TRANSLATE_NOOP("Errors", "Show image models"), RemedyAction::ShowImageModels, false};
}

// clang-format off: a table reads best as one
constexpr std::array kModelRows{
    otherKind(ErrorCode::ModelTakesNoWords,
        QT_TRANSLATE_NOOP("Errors", "“%1” takes no words: it draws at random what it was trained on."),
        QT_TRANSLATE_NOOP("Errors", "This model takes no words: it draws at random what it was trained on.")),
    otherKind(ErrorCode::ModelMakesSound, QT_TRANSLATE_NOOP("Errors", "“%1” makes sound, not pictures."),
        QT_TRANSLATE_NOOP("Errors", "This model makes sound, not pictures.")),
    otherKind(ErrorCode::ModelMakesShapes,
        QT_TRANSLATE_NOOP("Errors", "“%1” makes three-dimensional shapes, not pictures."),
        QT_TRANSLATE_NOOP("Errors", "This model makes three-dimensional shapes, not pictures.")),
    otherKind(ErrorCode::ModelMakesMaps,
        QT_TRANSLATE_NOOP("Errors", "“%1” measures a picture (its depth and the like); it draws none."),
        QT_TRANSLATE_NOOP("Errors", "This model measures a picture (its depth and the like); it draws none.")),
    ErrorRow{ErrorCode::ModelNeedsPicture,
        QT_TRANSLATE_NOOP("Errors", "“%1” starts from a picture; words alone are not enough for it."),
        QT_TRANSLATE_NOOP("Errors", "This model starts from a picture; words alone are not enough for it."),
        QT_TRANSLATE_NOOP("Errors",
            "Choose a model that draws from words, or send pictures to its endpoint from a program of your own."),
        QT_TRANSLATE_NOOP("Errors", "Show image models"), RemedyAction::ShowImageModels, false},
    ErrorRow{ErrorCode::ModelNeedsMask,
        QT_TRANSLATE_NOOP(
            "Errors", "“%1” needs a picture and a mask of what is to change; Visgate cannot hand these over."),
        QT_TRANSLATE_NOOP(
            "Errors", "This model needs a picture and a mask of what is to change; Visgate cannot hand these over."),
        QT_TRANSLATE_NOOP("Errors", "Choose a model that draws from words."),
        QT_TRANSLATE_NOOP("Errors", "Show image models"), RemedyAction::ShowImageModels, false},
    ErrorRow{ErrorCode::ModelNeedsGuide,
        QT_TRANSLATE_NOOP(
            "Errors", "“%1” needs more than words, such as a picture to follow; Visgate cannot hand this over."),
        QT_TRANSLATE_NOOP(
            "Errors", "This model needs more than words, such as a picture to follow; Visgate cannot hand this over."),
        QT_TRANSLATE_NOOP("Errors", "Choose a model that draws from words."),
        QT_TRANSLATE_NOOP("Errors", "Show image models"), RemedyAction::ShowImageModels, false},
    ErrorRow{ErrorCode::ModelIsPart,
        QT_TRANSLATE_NOOP(
            "Errors", "“%1” is one step of several and works on another model's output; alone it makes no picture."),
        QT_TRANSLATE_NOOP("Errors",
            "This model is one step of several and works on another model's output; alone it makes no picture."),
        QT_TRANSLATE_NOOP("Errors", "Choose the complete model that it belongs to."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    ErrorRow{ErrorCode::PipelineUnknown,
        QT_TRANSLATE_NOOP("Errors", "“%1” is not known to work: nothing says what it makes of words (%2)."),
        QT_TRANSLATE_NOOP("Errors", "This model is not known to work: nothing says what it makes of words."),
        QT_TRANSLATE_NOOP("Errors", "Choose a model that is marked as text-to-image or text-to-video."),
        QT_TRANSLATE_NOOP("Errors", "Show image models"), RemedyAction::ShowImageModels, false},
    ErrorRow{ErrorCode::ModelOwnCode,
        QT_TRANSLATE_NOOP("Errors", "“%1” needs program code of its own (%2), which the worker does not run."),
        QT_TRANSLATE_NOOP("Errors", "This model needs program code of its own, which the worker does not run."),
        QT_TRANSLATE_NOOP("Errors", "Choose a variant that works without own code, or another model."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    ErrorRow{ErrorCode::ModelWeightsMissing,
        QT_TRANSLATE_NOOP("Errors", "“%1” has no weights that the worker can load for: %2."),
        QT_TRANSLATE_NOOP("Errors", "This model has no weights that the worker can load."),
        QT_TRANSLATE_NOOP("Errors", "Choose a variant with safetensors files; flax and ONNX files do not work here."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    ErrorRow{ErrorCode::ModelIsLora,
        QT_TRANSLATE_NOOP("Errors", "“%1” is a LoRA: an addition to another model (%2), not a model of its own."),
        QT_TRANSLATE_NOOP("Errors", "This is a LoRA: an addition to another model, not a model of its own."),
        QT_TRANSLATE_NOOP("Errors", "Deploy the model that it belongs to; Visgate does not add LoRAs yet."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    ErrorRow{ErrorCode::ModelIsGguf,
        QT_TRANSLATE_NOOP("Errors", "“%1” holds GGUF files, which the worker does not load."),
        QT_TRANSLATE_NOOP("Errors", "This holds GGUF files, which the worker does not load."),
        QT_TRANSLATE_NOOP("Errors", "Choose the original of this model, or a variant in the diffusers form."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    ErrorRow{ErrorCode::ModelDisabled, QT_TRANSLATE_NOOP("Errors", "Hugging Face has taken “%1” down."),
        QT_TRANSLATE_NOOP("Errors", "Hugging Face has taken this model down."),
        QT_TRANSLATE_NOOP("Errors", "Choose another model; waiting does not help."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    ErrorRow{ErrorCode::LicencePending,
        QT_TRANSLATE_NOOP("Errors", "The authors of “%1” have not answered your request for access yet."),
        QT_TRANSLATE_NOOP("Errors", "The authors have not answered your request for access yet."),
        QT_TRANSLATE_NOOP("Errors", "Wait for their answer, which can take days, or choose another model meanwhile."),
        QT_TRANSLATE_NOOP("Errors", "Open licence page"), RemedyAction::OpenLicencePage, false},
    ErrorRow{ErrorCode::LicenceRefused,
        QT_TRANSLATE_NOOP("Errors", "The authors of “%1” have refused your request for access."),
        QT_TRANSLATE_NOOP("Errors", "The authors have refused your request for access."),
        QT_TRANSLATE_NOOP("Errors", "Choose another model; waiting does not help."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    ErrorRow{ErrorCode::TokenTooNarrow,
        QT_TRANSLATE_NOOP("Errors", "Your Hugging Face token may not read gated models such as “%1”."),
        QT_TRANSLATE_NOOP("Errors", "Your Hugging Face token may not read gated models."),
        QT_TRANSLATE_NOOP("Errors",
            "Allow “public gated repositories” in the token's settings on Hugging Face, or store a token of the kind "
            "“read”."),
        QT_TRANSLATE_NOOP("Errors", "Open token settings"), RemedyAction::OpenHubTokenPage, false},
    ErrorRow{ErrorCode::HubRefused, QT_TRANSLATE_NOOP("Errors", "Hugging Face does not give out “%1”."),
        QT_TRANSLATE_NOOP("Errors", "Hugging Face does not give out this model."),
        QT_TRANSLATE_NOOP("Errors", "Read its answer; change what it names, or choose another model."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, true},
};
// clang-format on

} // namespace

std::span<const ErrorRow> modelErrorRows()
{
    return kModelRows;
}

} // namespace visgate
