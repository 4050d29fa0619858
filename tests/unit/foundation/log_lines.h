// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/log_store.h"
#include "core/foundation/redactor.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace visgate::test {

inline LogLine line(std::string text, std::string worker = {}, std::string providerId = {})
{
    LogLine out;
    out.at = TimePoint{std::chrono::seconds(1'700'000'000)};
    out.source = worker.empty() ? "engine" : "container";
    out.worker = std::move(worker);
    out.providerId = std::move(providerId);
    out.text = std::move(text);
    return out;
}

inline std::unique_ptr<LogStore> openStore(
    const std::string& path, std::shared_ptr<const Redactor> redactor = std::make_shared<Redactor>())
{
    auto store = LogStore::open(path, std::move(redactor));
    EXPECT_TRUE(store.has_value()) << store.error().detail;
    return std::move(*store);
}

inline std::string contentOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::string> texts(const LogStore& store, const LogQuery& query = {})
{
    std::vector<std::string> out;
    const auto lines = store.read(query);
    EXPECT_TRUE(lines.has_value());
    for (const LogLine& each : *lines)
        out.push_back(each.text);
    return out;
}

} // namespace visgate::test
