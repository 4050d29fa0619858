// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/terminal/terminal.h"

namespace visgate::cli::platform {

/// The process's own standard streams.
class Console final : public Terminal {
public:
    void out(const QString& text) override;
    void err(const QString& text) override;
    void redraw(const QString& line) override;
    [[nodiscard]] Result<void> outcome() const override { return m_outcome; }
    [[nodiscard]] bool outIsTerminal() const override;
    [[nodiscard]] bool errIsTerminal() const override;
    [[nodiscard]] bool isInteractive() const override;
    [[nodiscard]] int width() const override;
    [[nodiscard]] Result<QString> ask(const QString& question, Interrupt& interrupt) override;
    [[nodiscard]] Result<Secret> readSecret(const QString& question, Interrupt& interrupt) override;

private:
    Result<void> m_outcome;
};

} // namespace visgate::cli::platform
