// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of the studio: which of them is shown, what is said of it, and what can be done with it.
#include "core/domain/errors/error_catalog.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/desktop.h"
#include "ui/common/picture_file.h"
#include "ui/common/ui_settings.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/state_words.h"
#include "ui/studio/picture_form.h"
#include "ui/studio/picture_panel.h"
#include "ui/studio/picture_strip.h"
#include "ui/studio/save_name.h"
#include "ui/studio/studio_page.h"
#include "ui/widgets/message_bar.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int jobsLookedThrough = 100; ///< for the deployment that drew last

} // namespace

void StudioPage::openNewest()
{
    if (m_deployment || !isVisible() || !m_deployments.isLoaded() || m_deployments.rowCount() == 0)
        return;
    whenDone(m_context.service.call(ListJobs{{}, jobsLookedThrough, {}}), this, [this](const Result<QList<Job>>& jobs) {
        if (m_deployment || m_deployments.rowCount() == 0)
            return; // chosen, or deleted, meanwhile
        const QList<Job> all = jobs.value_or(QList<Job>());
        const auto drew = std::find_if(all.cbegin(), all.cend(), [this](const Job& job) {
            return !job.artifacts.isEmpty() && m_deployments.find(job.deployment) != nullptr;
        });
        show(drew == all.cend() ? m_deployments.at(0) : *m_deployments.find(drew->deployment));
    });
}

void StudioPage::takePictures()
{
    if (!m_shown && m_pictures->rowCount() > 0)
        m_strip->choose(0);
    showState();
}

void StudioPage::choose(int row)
{
    m_shown = m_pictures->at(row);
    m_shownFile.clear();
    askLimits();                 // a picture tells what drew it
    m_actions->setEnabled(true); // until its file turns out to be gone
    // That the newest one failed is not of this picture, but was just said where that one was opened with the studio.
    const bool isFirstOfOpening = m_picture->picture().isNull() && m_job && m_job->error;
    if (!isFirstOfOpening)
        sayOfPicture();
    showState();
    loadPicture();
}

void StudioPage::sayOfPicture()
{
    const bool isNewest = m_job && m_job->id == m_shown->job->id;
    const QStringList& unknown = m_shown->artifact().unknownWords;
    if (isNewest && hadKey(m_job->input))
        sayOfKey();
    else if (!unknown.isEmpty())
        m_message->say({Tone::Warning, tr("Words that this model does not know: %1.").arg(unknown.join(u", "_s)),
            tr("They were left out of the picture."), {}, {}});
    else
        m_message->clear();
}

void StudioPage::sayOfKey()
{
    m_message->say({Tone::Warning, tr("A key was in these words. It was taken out before anything was stored or sent."),
        tr("If others may have seen it, make a new key and delete the old one."), {}, {}});
}

void StudioPage::loadPicture()
{
    const Artifact& artifact = m_shown->artifact();
    const QString file = artifact.filePath;
    const bool showable = isShowable(file);
    m_copy->setVisible(showable);
    m_open->setVisible(!showable);
    if (!showable) {
        const bool isVideo = artifact.contentType.startsWith("video/"_L1);
        m_shownFile = file;
        m_picture->showWords(isVideo ? tr("This is a video. Play it with another program.")
                                     : tr("Pictures of this kind cannot be shown here. Open it with another program."));
        m_picture->setAccessibleName(m_picture->text());
        return;
    }
    whenDone(readPicture(file), this, [this, file](const PictureRead& read) { takeRead(file, read); });
}

void StudioPage::takeRead(const QString& file, const PictureRead& read)
{
    if (!m_shown || m_shown->artifact().filePath != file)
        return; // another one was chosen meanwhile
    if (read.isGone) {
        m_actions->setEnabled(false);
        m_picture->showWords(tr("The file of this picture was deleted: %1").arg(QFileInfo(file).fileName()));
        m_picture->setAccessibleName(m_picture->text());
    } else if (read.image.isNull()) {
        m_copy->hide();
        m_picture->showWords(tr("There is no picture."));
        m_picture->setAccessibleName(m_picture->text());
        showTrouble({ErrorCode::FileUnreadable, {}, 0, {}, {file.toStdString()}});
    } else {
        m_shownFile = file;
        m_picture->showPicture(read.image);
        nameShown();
    }
}

void StudioPage::nameShown()
{
    m_picture->setAccessibleName(tr("Picture: %1").arg(m_shown->job->input.prompt));
    m_picture->setAccessibleDescription(m_caption->text());
}

QString StudioPage::chosenFile() const
{
    return m_shown ? m_shown->artifact().filePath : QString();
}

void StudioPage::copy()
{
    if (m_shownFile == chosenFile()) // else it is still being read
        m_context.desktop.copyImage(m_picture->picture());
}

void StudioPage::useSettings()
{
    if (m_shown)
        m_form->fill(m_shown->job->input, m_shown->artifact().seed);
}

void StudioPage::useSeed()
{
    if (m_shown)
        m_form->keepSeed(m_shown->artifact().seed);
}

void StudioPage::saveAs()
{
    const QString file = chosenFile();
    const QString name
        = saveName({m_shown->job->input.prompt, title(), m_shown->artifact().seed, QFileInfo(file).suffix()});
    const QString suggested = QDir(m_context.settings.pictureFolder()).filePath(name);
    m_context.desktop.askSavePath(this, tr("Save the picture"), suggested, [this, file](const QString& path) {
        m_context.settings.setPictureFolder(QFileInfo(path).path());
        whenDone(copyPicture(file, path), this, [this, path](bool saved) {
            if (saved)
                m_message->say({Tone::Good, tr("Saved as %1").arg(QDir::toNativeSeparators(path)), {}, {}, {}});
            else
                showTrouble({ErrorCode::FileUnwritable, {}, 0, {}, {path.toStdString()}});
        });
    });
}

} // namespace visgate::ui
