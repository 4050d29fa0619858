// SPDX-License-Identifier: GPL-3.0-or-later
// The public image that is built in, with the package that starts in it.
#include "core/catalog/public_image.h"
#include "core/domain/deployment/image_reference.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

TEST(PublicImage, IsWhole)
{
    const PublicImage image = PublicImage::builtIn();
    const auto reference = parseImageReference(image.reference);
    ASSERT_TRUE(reference);
    EXPECT_NE(reference->version, u"latest"_s);
    EXPECT_FALSE(image.cudaFloor.isEmpty());
    EXPECT_GT(image.install.count(), 0);
    EXPECT_GT(image.installGb, 0);
    EXPECT_TRUE(image.args.startsWith("bash -c "_L1)) << image.args.toStdString();
    EXPECT_FALSE(image.args.contains(u'\n'));
}

TEST(PublicImage, FitsIntoAnEnvironment)
{
    const PublicImage image = PublicImage::builtIn();
    QByteArray package;
    for (int i = 0; i < image.package.size(); ++i) {
        const QString piece = image.package.value(u"VISGATE_PACKAGE_%1"_s.arg(i));
        EXPECT_FALSE(piece.isEmpty());
        EXPECT_LT(piece.size(), 128 * 1024) << "Linux takes no longer string";
        package += piece.toLatin1();
    }
    EXPECT_LT(package.size(), 60'000);
    EXPECT_TRUE(QByteArray::fromBase64(package).startsWith("\x1f\x8b")) << "gzip";
}

} // namespace
} // namespace visgate
