// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"

#include <QLocale>

#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

namespace visgate {
namespace {

using enum DeploymentStatus;

const std::vector<DeploymentStatus> kAll{Validating, SelectingGpu, CreatingEndpoint, DownloadingModel, LoadingModel,
    Ready, WebhookFailed, Paused, Parked, Failed, Deleting, Deleted};

// The table of the API contract, written down a second time from its text.
const std::map<DeploymentStatus, std::set<DeploymentStatus>> kContract{
    {Validating, {SelectingGpu, Ready, Failed, Deleting}},
    {SelectingGpu, {CreatingEndpoint, Failed, Deleting}},
    {CreatingEndpoint, {SelectingGpu, DownloadingModel, LoadingModel, Ready, Failed, Deleting}},
    {DownloadingModel, {SelectingGpu, LoadingModel, Ready, Failed, Paused, Deleting}},
    {LoadingModel, {Ready, Failed, Paused, Deleting}},
    {Ready, {WebhookFailed, Paused, Parked, Failed, Deleting}},
    {WebhookFailed, {Ready, Deleting}},
    {Paused, {Ready, Deleting}},
    {Parked, {Ready, Deleting}},
    {Failed, {Validating, Paused, Deleting}},
    {Deleting, {Deleted}},
    {Deleted, {}},
};

TEST(DeploymentStatusTable, AllowsExactlyWhatTheContractNames)
{
    for (const DeploymentStatus from : kAll) {
        for (const DeploymentStatus to : kAll) {
            EXPECT_EQ(mayFollow(from, to), kContract.at(from).contains(to))
                << toString(from).toStdString() << " -> " << toString(to).toStdString();
        }
    }
}

TEST(DeploymentStatusTable, NamesRoundTrip)
{
    for (const DeploymentStatus status : kAll)
        EXPECT_EQ(deploymentStatusFromString(toString(status)), status);
    EXPECT_FALSE(deploymentStatusFromString(QStringLiteral("initializing")).has_value());
}

TEST(GenerationTaskNames, AliasesMeanTheSameTask)
{
    for (const char* alias : {"text_to_image", "text-to-image", "text2img", "TXT2IMG", "Text To Image", "t2i"}) {
        EXPECT_EQ(generationTaskFromString(QString::fromLatin1(alias)), GenerationTask::TextToImage) << alias;
    }
    EXPECT_EQ(generationTaskFromString(QStringLiteral("IMG2IMG")), GenerationTask::ImageToImage);
    EXPECT_FALSE(generationTaskFromString(QStringLiteral("text-generation")).has_value());
}

TEST(GenerationTaskNames, DoNotDependOnTheLocale)
{
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::Turkish));
    EXPECT_EQ(generationTaskFromString(QStringLiteral("IMG2IMG")), GenerationTask::ImageToImage);
    QLocale::setDefault(before);
}

TEST(JobStatusNames, RoundTripAndTolerateNewOnes)
{
    for (const JobStatus status : {JobStatus::InQueue, JobStatus::InProgress, JobStatus::Completed, JobStatus::Failed,
             JobStatus::Cancelled, JobStatus::TimedOut})
        EXPECT_EQ(jobStatusFromString(toString(status)), status);
    EXPECT_EQ(jobStatusFromString(QStringLiteral("RUNNING")), JobStatus::InProgress);
    EXPECT_EQ(jobStatusFromString(QStringLiteral("HIBERNATING")), JobStatus::Unknown);
}

} // namespace
} // namespace visgate
