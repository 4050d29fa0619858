// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stand_in_wheels.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

namespace {

bool runs(const QStringList& arguments)
{
    QProcess python;
    python.start(u"/usr/bin/python3"_s, arguments);
    return python.waitForFinished(300'000) && python.exitStatus() == QProcess::NormalExit && python.exitCode() == 0;
}

} // namespace

Variable::Variable(const char* name, const QByteArray& value) : m_name(name), m_before(qgetenv(name))
{
    qputenv(name, value);
}

Variable::~Variable()
{
    if (m_before.isNull())
        qunsetenv(m_name);
    else
        qputenv(m_name, m_before);
}

StandInWheels::StandInWheels()
{
    if (!runs({u"-c"_s, u"import ensurepip, venv"_s})) {
        m_problem = "/usr/bin/python3 cannot make environments (Debian: python3-venv)";
        return;
    }
    QFile lock(m_folder.filePath(u"lock.json"_s));
    if (!runs({QStringLiteral(VISGATE_STAND_IN_WHEELS), m_folder.path()}) || !lock.open(QIODevice::ReadOnly))
        m_problem = "the wheels could not be made";
    else
        m_lock = QJsonDocument::fromJson(lock.readAll()).object();
}

} // namespace visgate::test
