// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/long_wait.h"

#include "ui/widgets/message_bar.h"

#include <utility>

using namespace std::chrono_literals;

namespace visgate::ui {

LongWait::LongWait(MessageBar& bar, QObject* parent) : QObject(parent), m_bar(bar)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(3s);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_isSaid = true;
        m_bar.say({Tone::Neutral, tr("Waiting for an answer of %1 …").arg(m_awaited), {}, {}, {}});
    });
}

void LongWait::begin(const QString& awaited)
{
    m_awaited = awaited;
    m_patience.start();
}

void LongWait::end()
{
    m_patience.stop();
    if (std::exchange(m_isSaid, false))
        m_bar.clear();
}

} // namespace visgate::ui
