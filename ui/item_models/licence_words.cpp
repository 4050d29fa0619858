// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/licence_words.h"

#include <QCoreApplication>

#include <array>

namespace visgate::ui {
namespace {

// resources/registry/models.json holds these sentences; here the translators find them.
[[maybe_unused]] constexpr std::array notes{
    QT_TRANSLATE_NOOP("LicenceNotes", "Commercial use needs a free registration with the maker."),
    QT_TRANSLATE_NOOP("LicenceNotes", "Commercial use needs a membership of Stability AI."),
    QT_TRANSLATE_NOOP("LicenceNotes",
        "Commercial use of the model needs a licence from Black Forest Labs; pictures made with it may be sold."),
    QT_TRANSLATE_NOOP("LicenceNotes", "Each version has a licence of its own; large companies need an agreement."),
    QT_TRANSLATE_NOOP("LicenceNotes", "For research only; this stage alone makes 64x64 pictures."),
    QT_TRANSLATE_NOOP("LicenceNotes", "Free below 1 million USD of yearly revenue; above it a licence is needed."),
    QT_TRANSLATE_NOOP("LicenceNotes", "Free to use, but the page must be accepted and a token stored."),
    QT_TRANSLATE_NOOP("LicenceNotes", "Some harmful uses are excluded."),
};

} // namespace

QString licenceNote(const QString& note)
{
    return note.isEmpty() ? note : QCoreApplication::translate("LicenceNotes", note.toUtf8().constData());
}

} // namespace visgate::ui
