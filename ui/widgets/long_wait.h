// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace visgate::ui {

class MessageBar;

/// Says in a message bar for whom the window waits once an answer has been out for three seconds, and takes it back
/// when the answer is there. GUI thread only.
class LongWait final : public QObject {
    Q_OBJECT

public:
    LongWait(MessageBar& bar, QObject* parent);
    /// `awaited`: a name, "Hugging Face". Begun again, the three seconds begin again.
    void begin(const QString& awaited);
    void end();

private:
    MessageBar& m_bar;
    QString m_awaited;
    QTimer m_patience;
    bool m_isSaid = false;
};

} // namespace visgate::ui
