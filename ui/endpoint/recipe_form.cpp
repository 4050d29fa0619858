// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endpoint/recipe_form.h"

#include "core/base/recipe_file.h"
#include "core/domain/errors/error_catalog.h"
#include "core/domain/recipe/recipe_plan.h"
#include "core/operations/jobs.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/common/on_pool.h"
#include "ui/common/ui_settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QDir>
#include <QFileInfo>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

RecipeForm::RecipeForm(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_note(makeLabel(TextStyle::Caption)), m_message(new MessageBar(context.theme)),
      m_save(makeButton(ButtonKind::Normal, context.theme.icon(u"save"_s)))
{
    m_save->setObjectName(u"saveRecipe"_s);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addWidget(m_message);
    column->addWidget(m_save, 0, Qt::AlignLeft);
    setLayout(column);
    connect(m_save, &QPushButton::clicked, this, &RecipeForm::askWhere);
    retranslate();
}

void RecipeForm::show(const Deployment& deployment)
{
    if (m_deployment.id != deployment.id) {
        m_message->clear();
        setBusy(false);
    }
    m_deployment = deployment;
}

void RecipeForm::askWhere()
{
    const QString name = m_deployment.modelId.section(u'/', -1) + u".visgate"_s;
    m_context.desktop.askSavePath(this, tr("Save as a recipe"), QDir(m_context.settings.recipeFolder()).filePath(name),
        [this](const QString& path) { save(path); });
}

void RecipeForm::save(const QString& path)
{
    m_context.settings.setRecipeFolder(QFileInfo(path).path());
    setBusy(true);
    // The prompts are those of its pictures.
    whenDone(m_context.service.call(ListJobs{m_deployment.id}), this,
        [this, path, deployment = m_deployment](const Result<QList<Job>>& jobs) {
            if (jobs)
                write(deployment, *jobs, path);
            else if (deployment.id == m_deployment.id)
                report(jobs.error());
        });
}

void RecipeForm::write(const Deployment& deployment, const QList<Job>& jobs, const QString& path)
{
    const auto written = onPool([path, recipe = recipeOf(deployment, jobs)] { return writeRecipeFile(path, recipe); });
    whenDone(written, this, [this, path, id = deployment.id](const Result<void>& done) {
        if (id != m_deployment.id)
            return; // the sheet has gone on to another one
        if (!done) {
            report(done.error());
            return;
        }
        setBusy(false);
        m_message->say({Tone::Good, tr("Saved as %1").arg(QDir::toNativeSeparators(path)), {}, {}, {}});
    });
}

void RecipeForm::setBusy(bool busy)
{
    if (busy)
        m_message->clear();
    m_save->setEnabled(!busy);
}

void RecipeForm::report(const Error& error)
{
    setBusy(false);
    const ErrorText text = m_context.language.format().describe(error);
    m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

void RecipeForm::retranslate()
{
    m_title->setText(tr("Recipe"));
    m_note->setText(tr("A file with this set-up for others to open: model, version, sizes, GPU, limits and prompts. "
                       "Never a key, and nothing of your account."));
    m_save->setText(tr("Save as a recipe …"));
}

} // namespace visgate::ui
