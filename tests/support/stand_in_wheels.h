// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QTemporaryDir>

#include <string>

namespace visgate::test {

/// A variable of this process, put back at the end.
class Variable {
public:
    Variable(const char* name, const QByteArray& value);
    ~Variable();
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* m_name;
    QByteArray m_before;
};

/// Wheels that stand for torch, diffusers and what they need (stand_in_wheels.py), which pip finds and nothing else, as
/// long as the object lives.
class StandInWheels {
public:
    StandInWheels();

    /// Why there are none: no Python here that can make environments. Empty otherwise.
    [[nodiscard]] const std::string& problem() const { return m_problem; }
    [[nodiscard]] const QJsonObject& lock() const { return m_lock; }

private:
    QTemporaryDir m_folder;
    const Variable m_noIndex{"PIP_NO_INDEX", "1"};
    const Variable m_links{"PIP_FIND_LINKS", m_folder.path().toUtf8()};
    std::string m_problem;
    QJsonObject m_lock;
};

} // namespace visgate::test
