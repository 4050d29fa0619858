// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture_engine/engine_installer.h"

#include <QCoroFuture>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>
#include <QStandardPaths>

#include <algorithm>
#include <chrono>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kLookEvery = 700ms;
constexpr qint64 kSpare = 1'000'000'000; ///< of the disk, for everybody else
constexpr qsizetype kLongestReason = 400;
/// Versions and what draws, by the engine itself; the modules that a model needs are imported as its first one does.
constexpr auto kCheck = R"(
import json, torch, diffusers, transformers, accelerate, safetensors
device = torch.cuda.get_device_name(0) if torch.cuda.is_available() else ""
if not device and getattr(getattr(torch, "backends", None), "mps", None) and torch.backends.mps.is_available():
    device = "Apple GPU"
print(json.dumps({"version": f"diffusers {diffusers.__version__}, torch {torch.__version__}", "device": device}))
)";
/// A virtual environment can be made with it: Debian keeps that part of Python apart.
constexpr auto kCanMake = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])";

// Lists are made here, because g++ 12 cannot make them inside a coroutine.
QStringList toRun(const char* code)
{
    return {u"-I"_s, u"-c"_s, QString::fromLatin1(code)};
}

QStringList toMakeEnvironment(const EngineFolder& folder)
{
    return {u"-I"_s, u"-m"_s, u"venv"_s, folder.environment()};
}

QStringList toInstall(const EngineFolder& folder)
{
    return {u"-m"_s, u"pip"_s, u"install"_s, u"--quiet"_s, u"--no-input"_s, u"--disable-pip-version-check"_s,
        u"--no-deps"_s, u"--ignore-installed"_s, u"--require-hashes"_s, u"--only-binary=:all:"_s, u"--no-cache-dir"_s,
        u"--no-compile"_s, u"--requirement"_s, folder.requirements()};
}

/// The wanted versions that are here, the newest first; then whatever the system calls its Python.
QStringList programs(const EngineLock& lock)
{
    QStringList found;
    for (const QString& version : lock.pythons)
        found.append(QStandardPaths::findExecutable("python"_L1 + version));
    found.append(QStandardPaths::findExecutable(u"python3"_s));
    found.removeAll(QString());
    return found;
}

Error noPython(const EngineLock& lock)
{
    return {
        ErrorCode::PythonMissing, {}, 0, {}, {lock.pythons.last().toStdString(), lock.pythons.first().toStdString()}};
}

Error unwritable(const QString& path)
{
    return {ErrorCode::FileUnwritable, path.toStdString(), 0, {}, {}};
}

/// The last line that says something.
std::string lastWords(const QByteArray& text)
{
    const QList<QByteArray> lines = text.split('\n');
    const auto last = std::find_if(lines.crbegin(), lines.crend(), [](const QByteArray& line) {
        return !line.trimmed().isEmpty() && !line.startsWith("WARNING") && !line.startsWith("[notice]");
    });
    return last == lines.crend() ? std::string() : last->trimmed().left(kLongestReason).toStdString();
}

} // namespace

EngineInstaller::EngineInstaller(const QString& dataFolder, std::function<EngineLock()> readLock,
    std::shared_ptr<Redactor> redactor, TaskScope& scope)
    : m_folder(dataFolder), m_readLock(std::move(readLock)), m_redactor(std::move(redactor)), m_scope(scope)
{
}

const EngineLock& EngineInstaller::lock() const
{
    if (!m_lock)
        m_lock = std::make_unique<const EngineLock>(m_readLock());
    return *m_lock;
}

/// Of this lock: parts of another count for nothing, but what is whole stays of use.
EngineRecord EngineInstaller::record() const
{
    EngineRecord record = m_folder.record();
    if (!record.isWhole && record.fingerprint != lock().fingerprint)
        record = {};
    return record;
}

PictureEngine EngineInstaller::state() const
{
    const EngineRecord known = record();
    const QList<EngineLock::Batch> batches = lock().batches();
    PictureEngine state;
    state.folder = m_folder.path();
    state.downloadBytes = lock().downloadBytes();
    state.diskBytes = lock().installedBytes;
    state.freeBytes = m_folder.freeBytes();
    state.problem = m_problem;
    state.version = known.version;
    state.device = known.device;
    for (int i = 0; i < std::min<int>(known.batches, static_cast<int>(batches.size())); ++i)
        state.doneBytes += batches.at(i).bytes;
    state.doneBytes = std::min(state.doneBytes + m_fetched, state.downloadBytes);
    if (m_status != PictureEngineStatus::Absent)
        state.status = m_status;
    else if (known.isWhole)
        state.status = PictureEngineStatus::Installed;
    else if (known.batches > 0)
        state.status = PictureEngineStatus::Paused;
    state.step = m_status == PictureEngineStatus::Installing ? m_step : QString();
    return state;
}

void EngineInstaller::install()
{
    if (m_status != PictureEngineStatus::Absent || record().isWhole || m_isEnding)
        return;
    m_status = PictureEngineStatus::Installing;
    m_problem.reset();
    m_scope.add(installAll());
}

void EngineInstaller::pause()
{
    if (m_status != PictureEngineStatus::Installing)
        return;
    m_problem = Error{ErrorCode::Cancelled, {}, 0, {}, {}};
    m_program.end();
}

void EngineInstaller::stop()
{
    m_isEnding = true;
    pause();
}

Task<void> EngineInstaller::installAll()
{
    auto went = co_await takeSteps();
    m_fetched = 0;
    m_step.clear();
    m_status = PictureEngineStatus::Absent;
    // A pause is what was wanted, and no problem.
    if (!went)
        m_problem = m_problem ? std::optional<Error>() : std::optional(std::move(went.error()));
}

Task<Result<void>> EngineInstaller::takeSteps()
{
    auto found = co_await findPython();
    if (!found)
        co_return found;
    auto made = co_await makeEnvironment();
    if (!made)
        co_return made;
    const int batches = static_cast<int>(lock().batches().size());
    for (int next = record().batches; next < batches; ++next) {
        auto installed = co_await installBatch(next);
        if (!installed)
            co_return installed;
    }
    auto checked = co_await check();
    co_return checked;
}

Task<Result<void>> EngineInstaller::findPython()
{
    for (const QString& program : programs(lock())) {
        const auto asked = co_await run(program, toRun(kCanMake));
        if (m_problem)
            co_return fail(ErrorCode::Cancelled);
        if (asked.exitCode == 0 && lock().pythons.contains(QString::fromLatin1(asked.output.trimmed()))) {
            m_python = program;
            co_return Result<void>();
        }
    }
    co_return fail(noPython(lock()));
}

Task<Result<void>> EngineInstaller::makeEnvironment()
{
    if (auto room = checkSpace(); !room)
        co_return room;
    const EngineRecord known = record();
    if (known.batches > 0 && QFile::exists(m_folder.python()))
        co_return Result<void>();
    if (QDir(m_folder.environment()).exists() && !QDir(m_folder.environment()).removeRecursively())
        co_return fail(unwritable(m_folder.environment()));
    if (auto made = m_folder.make(); !made)
        co_return made;
    const auto made = co_await run(m_python, toMakeEnvironment(m_folder));
    if (made.exitCode != 0)
        co_return fail(failure(made));
    co_return note(0);
}

Task<Result<void>> EngineInstaller::installBatch(int index)
{
    if (auto room = checkSpace(); !room)
        co_return room;
    const EngineLock::Batch batch = lock().batches().at(index);
    m_step = batch.name;
    m_fetched = 0;
    QDir(m_folder.scratch()).removeRecursively(); // of an earlier try
    if (auto made = m_folder.make(); !made)
        co_return made;
    QFile requirements(m_folder.requirements());
    if (!requirements.open(QIODevice::WriteOnly) || requirements.write(batch.requirements.toUtf8()) < 0
        || !requirements.flush())
        co_return fail(unwritable(m_folder.requirements()));
    requirements.close();
    const auto installed = co_await run(m_folder.python(), toInstall(m_folder));
    if (m_problem)
        co_return fail(ErrorCode::Cancelled);
    if (installed.exitCode != 0)
        co_return fail(failure(installed));
    m_fetched = 0;
    co_return note(index + 1);
}

Task<Result<void>> EngineInstaller::check()
{
    m_step.clear();
    const auto checked = co_await run(m_folder.python(), toRun(kCheck));
    if (m_problem)
        co_return fail(ErrorCode::Cancelled);
    const QByteArray said = checked.output.trimmed();
    const QJsonObject about = QJsonDocument::fromJson(said.mid(said.lastIndexOf('\n') + 1)).object();
    if (checked.exitCode != 0 || about.isEmpty())
        co_return fail(failure(checked));
    QDir(m_folder.scratch()).removeRecursively();
    co_return noteWhole(about);
}

Result<void> EngineInstaller::note(int batches) const
{
    return m_folder.setRecord({lock().fingerprint, batches, false, {}, {}});
}

Result<void> EngineInstaller::noteWhole(const QJsonObject& about) const
{
    return m_folder.setRecord({lock().fingerprint, static_cast<int>(lock().batches().size()), true,
        about["version"_L1].toString(), about["device"_L1].toString()});
}

/// What is still to come has to fit, the largest package once more while it is unpacked.
Result<void> EngineInstaller::checkSpace() const
{
    const EngineRecord known = record();
    const QList<EngineLock::Batch> batches = lock().batches();
    qint64 left = 0;
    qint64 largest = 0;
    for (int i = known.batches; i < batches.size(); ++i) {
        left += batches.at(i).bytes;
        largest = std::max(largest, batches.at(i).bytes);
    }
    const double growth
        = static_cast<double>(lock().installedBytes) / static_cast<double>(std::max<qint64>(1, lock().downloadBytes()));
    const auto needed = static_cast<qint64>(growth * static_cast<double>(left)) + largest + kSpare;
    if (m_folder.freeBytes() >= needed)
        return {};
    const auto gigabytes = [](qint64 bytes) { return std::to_string((bytes + 999'999'999) / 1'000'000'000); };
    return fail(Error{ErrorCode::DiskTooSmall, {}, 0, {},
        {m_folder.path().toStdString(), gigabytes(needed), std::to_string(m_folder.freeBytes() / 1'000'000'000)}});
}

Task<Result<void>> EngineInstaller::remove()
{
    if (m_status != PictureEngineStatus::Absent)
        co_return fail(ErrorCode::Conflict, "picture engine");
    m_status = PictureEngineStatus::Removing;
    m_problem.reset();
    // Tens of thousands of files: not on this thread, which everybody waits for.
    QPromise<bool> promise;
    promise.start();
    QFuture<bool> removed = promise.future();
    m_thread.start([promise = std::make_shared<QPromise<bool>>(std::move(promise)), path = m_folder.path()] {
        promise->addResult(QDir(path).removeRecursively());
        promise->finish();
    });
    const bool isGone = co_await removed;
    m_status = PictureEngineStatus::Absent;
    if (!isGone)
        co_return fail(unwritable(m_folder.path()));
    co_return Result<void>();
}

Error EngineInstaller::failure(const ChildProgram::Outcome& outcome) const
{
    const std::string words = lastWords(outcome.errors.isEmpty() ? outcome.output : outcome.errors);
    return Error{ErrorCode::PictureEngineFailed, m_redactor ? m_redactor->redact(words) : words, 0, {}, {}};
}

Task<ChildProgram::Outcome> EngineInstaller::run(QString program, QStringList arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // Nothing of the user's own Python belongs in this one.
    for (const char* name : {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "PIP_USER", "PIP_TARGET"})
        environment.remove(QLatin1String(name));
    environment.insert(u"TMPDIR"_s, m_folder.scratch());
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    m_program.setEnvironment(environment);
    auto outcome = co_await m_program.run(std::move(program), std::move(arguments), kLookEvery, [this] {
        if (m_status == PictureEngineStatus::Installing && !m_step.isEmpty())
            m_fetched = m_folder.scratchBytes();
    });
    co_return outcome;
}

} // namespace visgate
