// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <QString>

namespace visgate::cli {

class Interrupt;

/// What a command writes to and asks: results on standard output, progress and complaints on standard error.
/// Nobody's text commands a terminal: there, control characters are shown (see visible()). Used by one thread at a
/// time.
class Terminal {
public:
    virtual ~Terminal() = default;
    virtual void out(const QString& text) = 0;
    virtual void err(const QString& text) = 0;
    /// Puts this in place of the terminal's last line of standard error; only where that is a terminal.
    virtual void redraw(const QString& line) = 0;
    /// FileUnwritable if results could not be written; a reader who has gone away has seen enough.
    [[nodiscard]] virtual Result<void> outcome() const = 0;
    [[nodiscard]] virtual bool outIsTerminal() const = 0;
    [[nodiscard]] virtual bool errIsTerminal() const = 0;
    /// Somebody sits there who can answer a question.
    [[nodiscard]] virtual bool isInteractive() const = 0;
    [[nodiscard]] virtual int width() const = 0; ///< columns
    /// One line typed by the user; Cancelled at the end of input or when interrupted.
    [[nodiscard]] virtual Result<QString> ask(const QString& question, Interrupt& interrupt) = 0;
    /// A key: typed without echo, or the first line of standard input when that is no terminal.
    [[nodiscard]] virtual Result<Secret> readSecret(const QString& question, Interrupt& interrupt) = 0;
};

} // namespace visgate::cli
