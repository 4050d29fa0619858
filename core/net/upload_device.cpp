// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/upload_device.h"

#include <algorithm>
#include <cstring>

namespace visgate {

UploadDevice::UploadDevice(QByteArray body, QObject* parent) : QIODevice(parent), m_body(std::move(body))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 UploadDevice::bytesAvailable() const
{
    return m_body.size() - m_position + QIODevice::bytesAvailable();
}

bool UploadDevice::atEnd() const
{
    return m_position == m_body.size();
}

qint64 UploadDevice::readData(char* data, qint64 maxSize)
{
    if (m_position == m_body.size())
        return -1;
    const qint64 count = std::min(maxSize, m_body.size() - m_position);
    std::memcpy(data, m_body.constData() + m_position, static_cast<std::size_t>(count));
    m_position += count;
    return count;
}

qint64 UploadDevice::writeData(const char*, qint64)
{
    return -1;
}

} // namespace visgate
