// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/ui_settings.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr double standardPracticeSpeed = 20.0;
constexpr QLatin1StringView languageKey("language");
constexpr QLatin1StringView lookKey("look");
constexpr QLatin1StringView darkKey("last_appearance/dark");
constexpr QLatin1StringView contrastKey("last_appearance/high_contrast");
constexpr QLatin1StringView geometryKey("window/geometry");
constexpr QLatin1StringView speedKey("practice/speed");
constexpr QLatin1StringView folderKey("pictures/folder");
constexpr QLatin1StringView recipesKey("recipes/folder");
constexpr QLatin1StringView logsKey("logs/folder");
constexpr QLatin1StringView moreKey("drawing/more");
constexpr QLatin1StringView valuesKey("drawing/values/");

QString keyOfValues(const DeploymentId& deployment)
{
    return valuesKey + QString::fromStdString(deployment.value());
}

} // namespace

void UiSettings::store(const QString& key, const QVariant& value, const QVariant& standard)
{
    if (value == standard)
        m_store.remove(key);
    else
        m_store.setValue(key, value);
}

QString UiSettings::language() const
{
    return m_store.value(languageKey).toString();
}
void UiSettings::setLanguage(const QString& language)
{
    store(languageKey, language, QString());
}

Look UiSettings::look() const
{
    return lookFromString(m_store.value(lookKey).toString());
}
void UiSettings::setLook(Look look)
{
    store(lookKey, toString(look), toString(Look::FollowSystem));
}

Appearance UiSettings::lastAppearance() const
{
    return {m_store.value(darkKey, false).toBool(), m_store.value(contrastKey, false).toBool(), false};
}

void UiSettings::setLastAppearance(const Appearance& appearance)
{
    store(darkKey, appearance.dark, false);
    store(contrastKey, appearance.highContrast, false);
}

QByteArray UiSettings::windowGeometry() const
{
    return m_store.value(geometryKey).toByteArray();
}
void UiSettings::setWindowGeometry(const QByteArray& geometry)
{
    store(geometryKey, geometry, QByteArray());
}

double UiSettings::practiceSpeed() const
{
    return m_store.value(speedKey, standardPracticeSpeed).toDouble();
}
void UiSettings::setPracticeSpeed(double factor)
{
    store(speedKey, factor, standardPracticeSpeed);
}

QString UiSettings::pictureFolder() const
{
    return m_store.value(folderKey, QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)).toString();
}

void UiSettings::setPictureFolder(const QString& folder)
{
    store(folderKey, folder, QString());
}

QString UiSettings::recipeFolder() const
{
    return m_store.value(recipesKey, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).toString();
}

void UiSettings::setRecipeFolder(const QString& folder)
{
    store(recipesKey, folder, QString());
}

QString UiSettings::savedLogFolder() const
{
    return m_store.value(logsKey, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).toString();
}

void UiSettings::setSavedLogFolder(const QString& folder)
{
    store(logsKey, folder, QString());
}

bool UiSettings::showsMoreOfDrawing() const
{
    return m_store.value(moreKey, false).toBool();
}
void UiSettings::setShowsMoreOfDrawing(bool shows)
{
    store(moreKey, shows, false);
}

QByteArray UiSettings::drawingValues(const DeploymentId& deployment) const
{
    return m_store.value(keyOfValues(deployment)).toByteArray();
}
void UiSettings::setDrawingValues(const DeploymentId& deployment, const QByteArray& values)
{
    store(keyOfValues(deployment), values, QByteArray());
}

} // namespace visgate::ui
