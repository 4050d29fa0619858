// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/json/json_read.h"

#include <gtest/gtest.h>
#include <string>

namespace visgate::json {
namespace {

std::string nested(int depth)
{
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

TEST(JsonBudget, ADeepTextIsRefusedBeforeAnythingIsMadeOfIt)
{
    EXPECT_TRUE(parse(nested(64)));
    EXPECT_FALSE(parse(nested(65)));
    EXPECT_FALSE(parse(nested(100'000)));
    EXPECT_FALSE(parse(std::string(10'000'000, '[')));
    std::string objects;
    for (int i = 0; i < 100'000; ++i)
        objects += R"({"a":)";
    EXPECT_FALSE(parse(objects));
}

TEST(JsonBudget, BracketsAndCommasInTextsDoNotCount)
{
    EXPECT_TRUE(parse('"' + std::string(100'000, '[') + '"'));
    EXPECT_TRUE(parse(R"({"a":")" + std::string(2'000'000, ',') + R"("})"));
    EXPECT_TRUE(parse(R"(["\\",")" + std::string(100, '[') + R"("])"));
    EXPECT_TRUE(parse(R"(["\"[[[[", "\\\"]"])"));
    EXPECT_FALSE(parse(R"(["\\", )" + std::string(100, '[') + ']'));
}

TEST(JsonBudget, ValuesAreCounted)
{
    const Budget few{.depth = 4, .values = 10};
    EXPECT_TRUE(isWithin("[1,2,3,4,5,6,7,8,9]", few));
    EXPECT_FALSE(isWithin("[1,2,3,4,5,6,7,8,9,10,11]", few));
    EXPECT_FALSE(isWithin("[[],[],[],[],[],[],[]]", few));
    EXPECT_FALSE(parse('[' + std::string(3'000'000, ',') + ']'));
}

TEST(JsonBudget, WhatIsNoJsonIsNoneAsEver)
{
    for (const char* text : {"", "{", "]", "]]]]{", "\"", "\\", "[1,]", "nul", "{\"a\" 1}"})
        EXPECT_FALSE(parse(text)) << text;
}

} // namespace
} // namespace visgate::json
