// SPDX-License-Identifier: GPL-3.0-or-later
// What people paste into settings, and what they are told when it cannot be used.
#include "core/domain/errors/error_catalog.h"
#include "core/domain/errors/setting_rules.h"
#include "core/domain/storage/storage.h"

#include <gtest/gtest.h>
#include <ostream>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

struct Pasted {
    const char* endpoint;
    const char* bucket;
    const char* prefix;
    const char* meantEndpoint;
    const char* meantBucket;
    const char* meantPrefix;
};

TEST(StorageText, IsMadeIntoWhatIsMeant)
{
    const Pasted rows[] = {
        {"https://s3.eu-central-1.amazonaws.com", "pictures", "visgate/", "https://s3.eu-central-1.amazonaws.com",
            "pictures", "visgate/"},
        {" https://s3.example.org/ ", " pictures ", "pics", "https://s3.example.org", "pictures", "pics/"},
        {"s3.eu-central-1.amazonaws.com", "pictures", "/pics/", "https://s3.eu-central-1.amazonaws.com", "pictures",
            "pics/"},
        {"localhost:9000", "pictures", "", "http://localhost:9000", "pictures", ""},
        {"127.0.0.1:9000", "pictures", "a//b", "http://127.0.0.1:9000", "pictures", "a/b/"},
        // As the dashboards of R2, AWS and Spaces show it.
        {"https://abc.r2.cloudflarestorage.com/pictures", "pictures", "", "https://abc.r2.cloudflarestorage.com",
            "pictures", ""},
        {"https://pictures.s3.eu-central-1.amazonaws.com", "pictures", "", "https://s3.eu-central-1.amazonaws.com",
            "pictures", ""},
        {"https://pictures.fra1.digitaloceanspaces.com", "pictures", "", "https://fra1.digitaloceanspaces.com",
            "pictures", ""},
        {"https://storage.googleapis.com", "storage", "", "https://storage.googleapis.com", "storage", ""},
        {"https://x.supabase.co/storage/v1/s3", "pictures", "", "https://x.supabase.co/storage/v1/s3", "pictures", ""},
        {"https://s3.example.org", "s3://pictures", "", "https://s3.example.org", "pictures", ""},
        {"https://s3.example.org", "s3://pictures/2026/may", "", "https://s3.example.org", "pictures", "2026/may/"},
        {"https://s3.example.org", "arn:aws:s3:::pictures", "", "https://s3.example.org", "pictures", ""},
    };
    for (const Pasted& row : rows) {
        const StorageSettings meant = storageFromText(
            QString::fromUtf8(row.endpoint), u" auto "_s, QString::fromUtf8(row.bucket), QString::fromUtf8(row.prefix));
        EXPECT_EQ(meant.endpoint.toString().toStdString(), row.meantEndpoint);
        EXPECT_EQ(meant.bucket.toStdString(), row.meantBucket) << row.endpoint;
        EXPECT_EQ(meant.prefix.toStdString(), row.meantPrefix) << row.endpoint;
        EXPECT_EQ(meant.region, u"auto"_s);
        EXPECT_EQ(firstBadField(meant), QString()) << row.endpoint;
    }
    const auto refused = [](const QString& endpoint, const QString& bucket, const QString& prefix) {
        return firstBadField(storageFromText(endpoint, u"auto"_s, bucket, prefix));
    };
    EXPECT_EQ(refused(u"https://s3.example.org"_s, u"pictures"_s, u"görseller/çiçek"_s), QString());
    EXPECT_EQ(refused(u"https://s3.example.org"_s, u"pictures"_s, u"../x"_s), u"prefix"_s);
    EXPECT_EQ(refused(u"https://s3.example.org"_s, u"pictures"_s, u"a?b"_s), u"prefix"_s);
    EXPECT_EQ(refused(u"http://s3.example.org"_s, u"pictures"_s, {}), u"endpoint"_s);
    EXPECT_EQ(refused(u"https://key:secret@s3.example.org"_s, u"pictures"_s, {}), u"endpoint"_s);
    EXPECT_EQ(refused({}, u"pictures"_s, {}), u"endpoint"_s);
}

TEST(SettingRules, ARefusalNamesTheFieldAndSaysTheRule)
{
    for (const char* field : {"endpoint", "region", "bucket", "prefix", "worker_image", "gpu_tier", "prompt", "width",
             "tell_at_usd", "keys", "from", "keep"}) {
        const ErrorText text = describe({ErrorCode::InvalidRequest, field, 0, {}, {field}});
        const auto rule = settingRule(QString::fromLatin1(field));
        ASSERT_TRUE(rule) << field;
        EXPECT_TRUE(text.message.contains(rule->name)) << text.message.toStdString();
        EXPECT_TRUE(text.message.endsWith(rule->rule)) << text.message.toStdString();
        EXPECT_FALSE(text.message.contains(QString::fromLatin1(field) + u'.')) << text.message.toStdString();
        EXPECT_FALSE(text.message.contains(u'%')) << text.message.toStdString();
    }
    const ErrorText unknown = describe({ErrorCode::InvalidRequest, "policy: is not a field here", 0, {}, {"policy"}});
    EXPECT_TRUE(unknown.message.contains(u"policy: is not a field here"_s)) << "what no rule is known for";
}

} // namespace
} // namespace visgate
