// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/save_name.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

// File systems count bytes or UTF-16 units up to 255, and a letter takes up to four of the first.
constexpr qsizetype mostBytesOfPrompt = 120;
constexpr qsizetype mostBytesOfModel = 60;

bool isPartOfWord(char32_t character)
{
    return QChar::isLetterOrNumber(character) || QChar::isMark(character);
}

/// The words of a text, with one space between them, as many whole ones as fit; of a first word that does not fit as
/// much as does. What is neither letter nor digit only parts them: signs that a system keeps for itself, invisible
/// ones, ones that turn the direction of writing.
QString wordsOf(const QString& text, qsizetype mostBytes)
{
    QString result;
    QString word;
    qsizetype bytes = 0;
    const auto endWord = [&] {
        if (!word.isEmpty())
            result += (result.isEmpty() ? QString() : u" "_s) + word;
        word.clear();
    };
    // Letters are put together with their marks: one system parts them, another does not.
    for (const char32_t character : text.normalized(QString::NormalizationForm_C).toUcs4()) {
        if (!isPartOfWord(character)) {
            if (!word.isEmpty())
                ++bytes;
            endWord();
            continue;
        }
        const QString letter = QString::fromUcs4(&character, 1);
        bytes += letter.toUtf8().size();
        if (bytes > mostBytes)
            return result.isEmpty() ? word : result;
        word += letter;
    }
    endWord();
    return result;
}

} // namespace

QString saveName(const SavedPicture& picture)
{
    QStringList parts{wordsOf(picture.prompt, mostBytesOfPrompt), wordsOf(picture.modelTitle, mostBytesOfModel),
        QString::number(picture.seed)};
    parts.removeAll(QString());
    // No name of a device ("con", "nul") is left alone before the dot: the seed always stands behind it.
    return parts.join(u" - "_s) + u'.' + picture.suffix;
}

} // namespace visgate::ui
