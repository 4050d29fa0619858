// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/foundation/http/client.h"
#include "core/service/local_service.h"
#include "ui/common/account_list.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTest>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::test {

std::string nameOf(const QWidget* widget)
{
    QString text;
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        text = label->text();
    else if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        text = button->text();
    return u"%1 %2 \"%3\""_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName(), text)
        .toStdString();
}

void ScriptedDesktop::askSavePath(
    QWidget* /*parent*/, const QString& /*title*/, const QString& suggested, std::function<void(QString)> then)
{
    suggestedPath = suggested;
    if (!nextSavePath.isEmpty())
        then(nextSavePath);
}

void ScriptedDesktop::askOpenPath(QWidget* /*parent*/, const QString& /*title*/, const QString& /*folder*/,
    const QString& /*filter*/, std::function<void(QString)> then)
{
    if (!nextOpenPath.isEmpty())
        then(nextOpenPath);
}

WindowHarness::WindowHarness(
    const QString& language, ui::Look look, const std::function<void(EngineConfig&)>& change, const Practice& practice)
    : m_practice(practice.speed, practice.options), m_engine(m_practice)
{
    Settings settings(Paths{m_engine.folder(), {}, {}}.settings());
    const TargetAddress address = m_practice.address().address;
    settings.set(Settings::table().runpodRestUrl, address.rest.toString());
    settings.set(Settings::table().runpodQueueUrl, address.queue.toString());
    settings.set(Settings::table().hubUrl, address.hub.toString());
    settings.set(Settings::table().imageRegistryUrl, address.registry.toString());
    m_engine.start([this, &change](EngineConfig& config) {
        config.clock = m_clock;
        config.publicImage = PublicImage::builtIn();
        if (change)
            change(config);
    });
    m_service = std::make_unique<LocalService>(m_engine.engine());
    m_accounts = std::make_unique<ui::AccountList>(*m_service);
    m_settings = std::make_unique<ui::UiSettings>(m_folder.filePath(u"window.ini"_s));
    m_settings->setPracticeSpeed(practice.speed);
    m_language = std::make_unique<ui::Language>(*QCoreApplication::instance(), language);
    auto chosen = std::make_unique<ChosenAppearance>();
    system = chosen.get();
    m_theme = std::make_unique<ui::Theme>(*qApp, std::move(chosen), look);
    m_window = std::make_unique<ui::MainWindow>(context());
}

WindowHarness::~WindowHarness()
{
    if (m_api)
        qunsetenv("VISGATE_DATA_DIR");
    m_api.reset();
    m_window.reset();
    m_accounts.reset();
    m_service.reset();
    m_engine.stop();
}

void WindowHarness::pass(std::chrono::seconds time)
{
    m_practice.control("POST", u"/time"_s, {{u"advance_seconds"_s, static_cast<qint64>(time.count())}});
    m_clock->pass(time);
}

void WindowHarness::serve()
{
    qputenv("VISGATE_DATA_DIR", m_engine.folder().toUtf8());
    const Paths paths = Paths::fromEnvironment();
    auto lock = DataFolderLock::take(paths);
    if (!paths.create() || !lock)
        throw std::runtime_error("the data folder cannot be owned");
    m_lock = *std::move(lock);
    auto api = ApiServer::start(
        paths.socket(), [engine = &m_engine.engine()] { return std::make_unique<LocalService>(*engine); });
    if (!api)
        throw std::runtime_error("no socket");
    m_api = *std::move(api);
}

QJsonObject WindowHarness::get(const std::string& route) const
{
    http::Client client(
        http::Peer{.address = {}, .port = 0, .localSocket = Paths::fromEnvironment().socket().toStdString()});
    http::Request request;
    request.method = "GET";
    request.target = route;
    const auto reply = client.send(request, 20s, {}, 16 * 1024 * 1024);
    if (!reply || reply->status != 200)
        throw std::runtime_error("no answer from " + route);
    return QJsonDocument::fromJson(QByteArray::fromStdString(reply->body)).object();
}

QJsonObject WindowHarness::ctl(const QStringList& arguments) const
{
    QProcess process;
    process.start(QCoreApplication::applicationDirPath() + "/visgatectl"_L1, arguments);
    constexpr int patience = 120'000;
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        throw std::runtime_error("visgatectl: " + process.readAllStandardError().toStdString());
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

void WindowHarness::show(QSize size)
{
    m_window->resize(size);
    m_window->show();
    if (!QTest::qWaitForWindowExposed(m_window.get()))
        throw std::runtime_error("the window did not appear");
    m_window->activateWindow();
    QApplication::setActiveWindow(m_window.get());
}

QWidget* WindowHarness::onScreen(const QString& objectName) const
{
    const auto named = m_window->findChildren<QWidget*>(objectName);
    const auto visible = std::find_if(named.cbegin(), named.cend(), [](QWidget* w) { return w->isVisible(); });
    return visible == named.cend() ? nullptr : *visible;
}

QWidget* WindowHarness::find(const QString& objectName)
{
    waitUntil([&] { return onScreen(objectName) != nullptr; }, 30s);
    if (QWidget* const found = onScreen(objectName))
        return found;
    throw std::runtime_error(
        "not on the screen: " + objectName.toStdString() + ", but\n" + words().join(u'\n').toStdString());
}

void WindowHarness::click(const QString& objectName)
{
    // Looked for again each time: a list may put new widgets in place of the old ones.
    const auto canBePressed = [&] {
        const QWidget* const widget = onScreen(objectName);
        return widget != nullptr && widget->isEnabled();
    };
    if (!waitUntil(canBePressed, 30s))
        throw std::runtime_error("cannot be pressed: " + objectName.toStdString());
    ++m_clicks;
    QTest::mouseClick(onScreen(objectName), Qt::LeftButton);
}

QStringList WindowHarness::cards()
{
    const QAbstractItemModel* model = find<QListView>(u"modelGrid"_s)->model();
    QStringList titles;
    for (int row = 0; row < model->rowCount(); ++row)
        titles << model->index(row, 0).data().toString();
    return titles;
}

void WindowHarness::clickCard(const QString& title)
{
    const auto* grid = find<QListView>(u"modelGrid"_s);
    const int row = static_cast<int>(cards().indexOf(title));
    if (row < 0)
        throw std::runtime_error("no such card: " + title.toStdString());
    ++m_clicks;
    const QModelIndex card = grid->model()->index(row, 0);
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, Qt::NoModifier, grid->visualRect(card).center());
}

void WindowHarness::openSheet()
{
    click(u"practise"_s);
    const auto* deploy = find<QAbstractButton>(u"deploy"_s);
    if (!waitUntil([&] { return deploy->isEnabled(); }, 30s))
        throw std::runtime_error("the sheet's checks did not end");
}

void WindowHarness::drawFirstPicture()
{
    openSheet();
    click(u"deploy"_s);
    const auto* picture = find<QLabel>(u"picture"_s);
    if (!waitUntil([&] { return !picture->pixmap().isNull(); }, 90s))
        throw std::runtime_error("no picture came");
}

void WindowHarness::type(const QString& objectName, const QString& text)
{
    QWidget* field = find(objectName);
    QTest::mouseClick(field, Qt::LeftButton);
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, text);
}

void WindowHarness::typeStorage()
{
    const QString endpoint = m_practice.addresses()["volumes"_L1].toString().replace(u"%1"_s, u"bucket"_s);
    type(u"storageEndpoint"_s, endpoint);
    type(u"storageRegion"_s, u"any-1"_s);
    type(u"storageBucket"_s, u"practice-pictures"_s);
    type(u"storagePrefix"_s, u"visgate/"_s);
    type(u"storageKeyId"_s, u"user_practice"_s);
    type(u"storageSecret"_s, u"rps_practice_play_storage"_s);
}

void WindowHarness::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    // A window of another test may have taken the display's focus, and shortcuts are those of the active window.
    QApplication::setActiveWindow(m_window.get());
    QWidget* focus = m_window->focusWidget();
    QTest::keyClick(focus != nullptr ? focus : m_window.get(), key, modifiers);
}

QStringList WindowHarness::words() const
{
    QStringList result;
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (!widget->isVisible())
            continue;
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            result << label->text();
        else if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            result << button->text();
        else if (const auto* box = qobject_cast<const QComboBox*>(widget))
            result << box->currentText();
        else if (const auto* line = qobject_cast<const QLineEdit*>(widget))
            result << line->placeholderText();
        else if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget))
            result << text->toPlainText();
        result << widget->accessibleName() << widget->toolTip();
    }
    result.removeAll(QString());
    result.removeDuplicates();
    return result;
}

bool WindowHarness::says(const QString& words) const
{
    return waitUntil([&] { return this->words().join(u'\n').contains(words); }, 30s);
}

} // namespace visgate::test
