// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/picture_engine/picture_engine.h"
#include "core/foundation/redactor.h"
#include "core/foundation/result.h"
#include "core/picture_engine/child_program.h"
#include "core/picture_engine/engine_folder.h"
#include "core/picture_engine/engine_lock.h"

#include <QJsonObject>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace visgate {

/// Makes the picture engine in the data folder, part by part, so that it can be paused, ended or killed at any moment
/// and goes on where it was; and takes it away again. The parts are Python's packages, fetched and checked by pip. One
/// thread, which runs an event loop.
class EngineInstaller {
public:
    /// `readLock` is called when it is first needed. Coroutines of its own are counted in `scope`.
    EngineInstaller(const QString& dataFolder, std::function<EngineLock()> readLock, std::shared_ptr<Redactor> redactor,
        TaskScope& scope);
    EngineInstaller(const EngineInstaller&) = delete;
    EngineInstaller& operator=(const EngineInstaller&) = delete;

    [[nodiscard]] PictureEngine state() const;
    /// Begins, or goes on; nothing where it is installed or being installed. How it went is told by state().
    void install();
    /// Ends the present part, which begins anew the next time.
    void pause();
    /// Also what was begun. FileUnwritable where something cannot be taken away; Conflict while something else is done.
    Task<Result<void>> remove();
    /// The program ends.
    void stop();

private:
    Task<void> installAll();
    Task<Result<void>> takeSteps();
    Task<Result<void>> findPython();
    Task<Result<void>> makeEnvironment();
    Task<Result<void>> installBatch(int index);
    Task<Result<void>> check();
    [[nodiscard]] Result<void> checkSpace() const;
    [[nodiscard]] Result<void> note(int batches) const; ///< so many are in
    [[nodiscard]] Result<void> noteWhole(const QJsonObject& about) const;
    [[nodiscard]] const EngineLock& lock() const;
    [[nodiscard]] EngineRecord record() const;
    [[nodiscard]] Error failure(const ChildProgram::Outcome& outcome) const;
    Task<ChildProgram::Outcome> run(QString program, QStringList arguments);

    const EngineFolder m_folder;
    const std::function<EngineLock()> m_readLock;
    std::shared_ptr<Redactor> m_redactor;
    TaskScope& m_scope;
    ChildProgram m_program;
    QThreadPool m_thread;                                       ///< for what takes long; waited for at the end
    mutable std::unique_ptr<const EngineLock> m_lock;           ///< read when it is first needed
    QString m_python;                                           ///< the system's
    PictureEngineStatus m_status = PictureEngineStatus::Absent; ///< only what is being done
    std::optional<Error> m_problem;
    QString m_step;
    qint64 m_fetched = 0; ///< of the present batch
    bool m_isEnding = false;
};

} // namespace visgate
