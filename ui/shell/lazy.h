// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>

namespace visgate::ui {

/// A screen that is made when it is first needed, so that a start pays only for what it shows. Belongs to its Qt
/// parent.
template <typename Screen> class Lazy {
public:
    explicit Lazy(std::function<Screen*()> make) : m_make(std::move(make)) { }
    Lazy(const Lazy&) = delete;
    Lazy& operator=(const Lazy&) = delete;

    [[nodiscard]] Screen& operator*()
    {
        if (m_screen == nullptr)
            m_screen = m_make();
        return *m_screen;
    }
    [[nodiscard]] Screen* operator->() { return &**this; }
    /// Null while nobody has needed it.
    [[nodiscard]] Screen* made() const { return m_screen; }

private:
    std::function<Screen*()> m_make;
    Screen* m_screen = nullptr;
};

} // namespace visgate::ui
