// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/safetensors.h"

#include <gmock/gmock.h>

namespace visgate::worker::builtin {
namespace {

std::string file(const std::string& header, const std::string& data)
{
    std::string bytes;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        bytes += static_cast<char>((header.size() >> shift) & 0xffU);
    }
    return bytes + header + data;
}

TEST(Safetensors, ReadsBothWidths)
{
    const auto weights = Weights::parse(file(R"({"__metadata__":{"x":"y"},)"
                                             R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                                             R"("b":{"dtype":"F16","shape":[2,2],"data_offsets":[8,16]}})",
        std::string("\0\0\x80\x3f\0\0\0\xc0", 8) + std::string("\0\x3c\0\xc0\x01\0\xff\x7b", 8)));
    ASSERT_TRUE(weights) << weights.error().detail;
    EXPECT_THAT(weights->tensors().at("a").values, testing::ElementsAre(1.0F, -2.0F));
    EXPECT_THAT(weights->tensors().at("b").values, testing::ElementsAre(1.0F, -2.0F, 0x1p-24F, 65504.0F));
    EXPECT_TRUE(weights->require("b", {2, 2}));
    EXPECT_FALSE(weights->require("b", {4}));
    EXPECT_FALSE(weights->require("c", {4}));
}

class BrokenSafetensors : public testing::TestWithParam<std::string> { };

TEST_P(BrokenSafetensors, AreRefused)
{
    EXPECT_FALSE(Weights::parse(GetParam()));
}

std::string entry(const std::string& fields)
{
    return file(R"({"a":{)" + fields + "}}", std::string(8, '\0'));
}

INSTANTIATE_TEST_SUITE_P(Files, BrokenSafetensors,
    testing::Values("", "1234567", std::string(8, '\xff'), file("{", ""), file("[]", ""), file(R"({"a":1})", ""),
        file("{}", "").substr(0, 9),                                                    // the header is cut off
        entry(R"("dtype":"F32","shape":[2])"),                                          // no offsets
        entry(R"("dtype":"I64","shape":[1],"data_offsets":[0,8])"),                     // another type
        entry(R"("dtype":"F32","shape":[3],"data_offsets":[0,12])"),                    // beyond the file
        entry(R"("dtype":"F32","shape":[2],"data_offsets":[0,4])"),                     // too few bytes
        entry(R"("dtype":"F32","shape":[1],"data_offsets":[8,4])"),                     // backwards
        entry(R"("dtype":"F32","shape":[-2],"data_offsets":[0,8])"),                    // negative
        entry(R"("dtype":"F32","shape":[2.5],"data_offsets":[0,8])"),                   // not whole
        entry(R"("dtype":"F32","shape":["2"],"data_offsets":[0,8])"),                   // not a number
        entry(R"("dtype":"F32","shape":[1,1,1,1,2],"data_offsets":[0,8])"),             // too many dimensions
        entry(R"("dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0])"), // the product overflows
        entry(R"("dtype":"F32","shape":[0,18446744073709551615],"data_offsets":[0,0])")));

TEST(Safetensors, KeepsItsLimits)
{
    const auto good = file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", std::string(8, '\0'));
    EXPECT_TRUE(Weights::parse(good));
    EXPECT_FALSE(Weights::parse(good, {good.size() - 1, 1024, 16}));
    EXPECT_FALSE(Weights::parse(good, {good.size(), 10, 16}));
    EXPECT_FALSE(Weights::parse(good, {good.size(), 1024, 0}));
    EXPECT_FALSE(Weights::readFile("/nonexistent/weights"));
}

} // namespace
} // namespace visgate::worker::builtin
