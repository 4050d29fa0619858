// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/ids.h"
#include "ui/theme/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QString>

namespace visgate::ui {

/// What the window remembers for itself; never a secret. One file, only what differs from the default. GUI thread.
class UiSettings {
public:
    /// `file` is created with its folder when something is first stored.
    explicit UiSettings(const QString& file) : m_store(file, QSettings::IniFormat) { }

    [[nodiscard]] QString language() const; ///< empty: the desktop's
    void setLanguage(const QString& language);
    [[nodiscard]] Look look() const;
    void setLook(Look look);
    /// What the desktop asked for last time, for the first frame.
    [[nodiscard]] Appearance lastAppearance() const;
    void setLastAppearance(const Appearance& appearance);
    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);
    [[nodiscard]] double practiceSpeed() const; ///< time factor for new practice deployments
    void setPracticeSpeed(double factor);
    [[nodiscard]] QString pictureFolder() const; ///< where "Save as" opened last
    void setPictureFolder(const QString& folder);
    [[nodiscard]] QString recipeFolder() const; ///< where a recipe was saved or opened last
    void setRecipeFolder(const QString& folder);
    [[nodiscard]] QString savedLogFolder() const; ///< where a log was saved last
    void setSavedLogFolder(const QString& folder);
    [[nodiscard]] bool showsMoreOfDrawing() const; ///< the form's rarely needed fields are open
    void setShowsMoreOfDrawing(bool shows);
    /// What was chosen for the pictures of a deployment, as its form wrote it; never its words.
    [[nodiscard]] QByteArray drawingValues(const DeploymentId& deployment) const;
    void setDrawingValues(const DeploymentId& deployment, const QByteArray& values);

private:
    void store(const QString& key, const QVariant& value, const QVariant& standard);

    QSettings m_store;
};

} // namespace visgate::ui
