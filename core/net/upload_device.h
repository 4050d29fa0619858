// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace visgate {

/// A request body that can be read once. Being sequential, it cannot be rewound, so Qt 6.4's network manager cannot
/// silently send a POST a second time when the peer closes before it has answered.
class UploadDevice final : public QIODevice {
public:
    explicit UploadDevice(QByteArray body, QObject* parent = nullptr);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool atEnd() const override;
    /// Refuses, without the warning that QIODevice writes: Qt asks when it would like to send again.
    bool seek(qint64) override { return false; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 maxSize) override;

private:
    QByteArray m_body;
    qint64 m_position = 0;
};

} // namespace visgate
