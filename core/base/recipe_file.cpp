// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/recipe_file.h"

#include <QFile>
#include <QSaveFile>

namespace visgate {

Result<Recipe> readRecipeFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error{ErrorCode::FileUnreadable, path.toStdString(), 0, {}, {path.toStdString()}});
    // One byte more than a recipe may have is enough to know.
    return parseRecipe(file.read(qint64(kLargestRecipe) + 1).toStdString());
}

Result<void> writeRecipeFile(const QString& path, const Recipe& recipe)
{
    QSaveFile file(path);
    const QByteArray text = QByteArray::fromStdString(formatRecipe(recipe));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return fail(Error{ErrorCode::FileUnwritable, path.toStdString(), 0, {}, {path.toStdString()}});
    return {};
}

} // namespace visgate
