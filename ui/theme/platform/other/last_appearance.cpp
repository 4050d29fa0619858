// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/system_appearance.h"

namespace visgate::ui {
namespace {

/// A desktop that nobody asks: it stays as it was last known.
class LastAppearance final : public SystemAppearance {
public:
    explicit LastAppearance(const Appearance& lastKnown) : m_appearance(lastKnown) { }
    [[nodiscard]] Appearance current() const override { return m_appearance; }
    void watch() override { }

private:
    Appearance m_appearance;
};

} // namespace

std::unique_ptr<SystemAppearance> makeSystemAppearance(const Appearance& lastKnown)
{
    return std::make_unique<LastAppearance>(lastKnown);
}

} // namespace visgate::ui
