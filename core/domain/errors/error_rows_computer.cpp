// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/error_rows.h"

#include <array>

namespace visgate {

namespace {

// clang-format off: a table reads best as one
constexpr std::array kComputerRows{
    ErrorRow{ErrorCode::KeychainUnavailable,
        QT_TRANSLATE_NOOP("Errors", "No keychain can be reached, so stored keys cannot be read."), nullptr,
        QT_TRANSLATE_NOOP("Errors",
            "Use a key for this session only, or install a keychain such as GNOME Keyring or KWallet. Over ssh or from "
            "cron there may be none: start Visgate from the desktop."),
        QT_TRANSLATE_NOOP("Errors", "Use for this session"), RemedyAction::UseSessionKey, false},
    ErrorRow{ErrorCode::KeychainLocked,
        QT_TRANSLATE_NOOP("Errors", "The keychain is locked or does not answer, so stored keys cannot be read."),
        nullptr,
        QT_TRANSLATE_NOOP("Errors",
            "Unlock it; your system then asks for the keychain's password. In a terminal: visgatectl keys unlock."),
        QT_TRANSLATE_NOOP("Errors", "Unlock the keychain"), RemedyAction::UnlockKeychain, false},
    ErrorRow{ErrorCode::StoreFull, QT_TRANSLATE_NOOP("Errors", "The disk of this computer is full: %1"),
        QT_TRANSLATE_NOOP("Errors", "The disk of this computer is full."),
        QT_TRANSLATE_NOOP("Errors",
            "Free some space, then try again. Nothing new is started meanwhile; what runs can be paused, deleted and "
            "stopped."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::FreeDiskSpace, false},
    ErrorRow{ErrorCode::DiskTooSmall, QT_TRANSLATE_NOOP("Errors", "%1 needs %2 GB on its disk; %3 GB are free."),
        QT_TRANSLATE_NOOP("Errors", "There is not enough room on the disk."),
        QT_TRANSLATE_NOOP("Errors", "Free some space, then try again."), QT_TRANSLATE_NOOP("Errors", "Try again"),
        RemedyAction::FreeDiskSpace, false},
    ErrorRow{ErrorCode::PythonMissing,
        QT_TRANSLATE_NOOP("Errors", "The picture engine needs Python %1 to %2 with its part for environments."),
        QT_TRANSLATE_NOOP("Errors", "The picture engine needs a newer Python."),
        QT_TRANSLATE_NOOP("Errors", "Install it (Debian, Ubuntu: sudo apt install python3-venv), then try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, false},
    ErrorRow{ErrorCode::PictureEngineFailed,
        QT_TRANSLATE_NOOP("Errors", "The picture engine could not be installed: %1"),
        QT_TRANSLATE_NOOP("Errors", "The picture engine could not be installed."),
        QT_TRANSLATE_NOOP("Errors", "What was fetched stays. Look whether the network is there, then go on."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    ErrorRow{ErrorCode::StoreCorrupt, QT_TRANSLATE_NOOP("Errors", "Visgate's own records are damaged: %1."),
        QT_TRANSLATE_NOOP("Errors", "Visgate's own records are damaged."),
        QT_TRANSLATE_NOOP("Errors",
            "Move this file away; a backup of yours can take its place. Without one Visgate begins with empty "
            "records, and visgatectl cleanup lists the endpoints that it made."),
        nullptr, RemedyAction::None, false},
    ErrorRow{ErrorCode::StoreTooNew,
        QT_TRANSLATE_NOOP("Errors", "The records were written by a newer version of Visgate."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Install the newer version again."), nullptr, RemedyAction::None, false},
    ErrorRow{ErrorCode::StoreBusy, QT_TRANSLATE_NOOP("Errors", "Another program holds Visgate's records."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Close the other program, then try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, false},
    ErrorRow{ErrorCode::FileUnreadable, QT_TRANSLATE_NOOP("Errors", "The file “%1” cannot be read."),
        QT_TRANSLATE_NOOP("Errors", "The file cannot be read."),
        QT_TRANSLATE_NOOP("Errors", "Check that it exists and that you may read it."), nullptr, RemedyAction::None,
        false},
    ErrorRow{ErrorCode::FileUnwritable, QT_TRANSLATE_NOOP("Errors", "“%1” cannot be written."),
        QT_TRANSLATE_NOOP("Errors", "The file cannot be written."),
        QT_TRANSLATE_NOOP("Errors",
            "Check its rights and the free space, or choose another place. Where Visgate keeps its records is told by "
            "--data-dir or VISGATE_DATA_DIR."),
        nullptr, RemedyAction::None, false},
    ErrorRow{ErrorCode::PortBusy, QT_TRANSLATE_NOOP("Errors", "Another program already listens on port %1."),
        QT_TRANSLATE_NOOP("Errors", "Another program already listens on this port."),
        QT_TRANSLATE_NOOP("Errors", "Choose another port, or end the other program."), nullptr, RemedyAction::None,
        false},
    ErrorRow{ErrorCode::AlreadyServed,
        QT_TRANSLATE_NOOP("Errors", "Another Visgate already looks after the folder “%1”."),
        QT_TRANSLATE_NOOP("Errors", "Another Visgate already looks after this folder."),
        QT_TRANSLATE_NOOP("Errors",
            "Nothing needs to be done: commands and windows use that one. End it first to run another, or name "
            "another folder with --data-dir."),
        nullptr, RemedyAction::None, false},
    ErrorRow{ErrorCode::RecipeUnreadable, QT_TRANSLATE_NOOP("Errors", "The recipe is broken in line %1, column %2."),
        QT_TRANSLATE_NOOP("Errors", "This is not a recipe that Visgate can read."),
        QT_TRANSLATE_NOOP("Errors", "Ask whoever sent it to export it again, or correct the field that is named."),
        nullptr, RemedyAction::None, true},
    ErrorRow{ErrorCode::RecipeTooNew,
        QT_TRANSLATE_NOOP("Errors", "This recipe was written by a newer version of Visgate."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Install the newer version, or ask for a recipe of this one."), nullptr,
        RemedyAction::None, false},
    ErrorRow{ErrorCode::PracticeUnavailable, QT_TRANSLATE_NOOP("Errors", "Practice mode did not start."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Try again; the log tells what went wrong."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    ErrorRow{ErrorCode::OwnerUnavailable,
        QT_TRANSLATE_NOOP("Errors", "The Visgate that owns the records does not answer."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Close it and start again."), QT_TRANSLATE_NOOP("Errors", "Try again"),
        RemedyAction::Retry, true},
};
// clang-format on

} // namespace

std::span<const ErrorRow> computerErrorRows()
{
    return kComputerRows;
}

} // namespace visgate
