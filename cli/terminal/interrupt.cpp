// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal/interrupt.h"

#include <utility>

namespace visgate::cli {

void Interrupt::raise()
{
    std::function<void()> callback;
    {
        const std::lock_guard lock(m_mutex);
        m_raised = true;
        callback = m_callback;
    }
    if (callback)
        callback();
}

bool Interrupt::isRaised() const
{
    const std::lock_guard lock(m_mutex);
    return m_raised;
}

void Interrupt::acknowledge()
{
    const std::lock_guard lock(m_mutex);
    m_raised = false;
}

void Interrupt::onRaise(std::function<void()> callback)
{
    const std::lock_guard lock(m_mutex);
    m_callback = std::move(callback);
}

} // namespace visgate::cli
