// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <string>

namespace visgate::test {

/// One of the calls that a deployment's life makes, as the wire sees it. Its connections are refused between
/// the two points of the step probe.
struct ExternalCall {
    QString name;
    QString method;
    QString path; ///< for practice's fault route; '*' stands for anything
    QString refusedFrom;
    QString refusedUntil;
    bool onlyWhenReady = false; ///< spoiled from `ready` on: before, another call has the same shape
    bool onlyFirstJob = false;  ///< whole again for the second job: how much of it is left for that is a matter of time
    bool besideWatch = false;   ///< made beside the watch, so that one of its calls is refused with it, or not
    /// Made on a kept connection, or not: that one's breaking is mended once below the client's own attempts.
    bool mayBeOnKept = false;
};

/// One way in which a call goes wrong.
struct CallFault {
    QString name;
    QJsonObject effect; ///< of practice's fault route; empty: the connection is refused
};

/// What the table says of a cell.
struct Cell {
    QString call;
    QString fault;
    QString outcome;
};

[[nodiscard]] const QList<ExternalCall>& externalCalls();
[[nodiscard]] const QList<CallFault>& callFaults();
/// tests/chaos/fault_table.txt: the outcome of each call and fault. Throws std::runtime_error when it cannot be read.
[[nodiscard]] QList<Cell> readFaultTable();
/// Another table of the same form.
[[nodiscard]] QList<Cell> readFaultTable(const QString& path);

} // namespace visgate::test
