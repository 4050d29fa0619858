// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/ids.h"
#include "model_hub.h"
#include "worker/model_store/hub_layout.h"
#include "worker/model_store/model_store.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace visgate::worker {

/// A model's store over a cache folder of its own, and the hub that it asks.
class ModelStoreTest : public testing::Test {
protected:
    ModelStoreTest() { hub.addPipeline(100'000); }
    ~ModelStoreTest() override
    {
        std::error_code ignored;
        std::filesystem::remove_all(cache, ignored);
    }

    [[nodiscard]] ModelStore::Settings settings() const
    {
        ModelStore::Settings settings;
        settings.modelId = ModelHub::id;
        settings.folders = {{cache, true}};
        settings.writable = {cache};
        settings.hub = hub.base();
        settings.token = Secret(token);
        settings.patience = {3, std::chrono::milliseconds(1), std::chrono::milliseconds(5), std::chrono::seconds(2),
            std::chrono::seconds(5)};
        return settings;
    }
    /// Waits until the hub was asked so often for what has this in its address; false after minutes in which it was
    /// not.
    [[nodiscard]] bool isAsked(const std::string& part, std::size_t times = 1) const
    {
        const auto late = std::chrono::steady_clock::now() + std::chrono::minutes(5);
        while (hub.asked(part).size() < times) {
            if (std::chrono::steady_clock::now() > late) {
                return false;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return true;
    }
    [[nodiscard]] Result<StoredModel> fetch(ModelStore::Settings with, const http::CancelToken& cancel = {})
    {
        ModelStore store(std::move(with), clock, [](const std::string&) {});
        return store.fetch({[this](const FetchProgress::State& state) {
                                const std::lock_guard lock(mutex);
                                told.push_back(state);
                            },
                               [this] { ++signs; }},
            cancel);
    }
    [[nodiscard]] Result<StoredModel> fetch() { return fetch(settings()); }
    /// Why it fails.
    [[nodiscard]] Error failure()
    {
        const auto model = fetch();
        EXPECT_FALSE(model);
        EXPECT_FALSE(std::filesystem::exists(layout.snapshot(ModelHub::commit) / HubLayout::marker));
        return model ? Error{} : model.error();
    }
    void answerOnce(const std::string& part, http::Response response)
    {
        hub.answer([part, response, isDone = std::make_shared<std::atomic<bool>>(false)](
                       const ModelHub::Asked& asked) -> std::optional<http::Response> {
            const bool isIt = asked.request.target.find(part) != std::string::npos && !isDone->exchange(true);
            return isIt ? std::optional(response) : std::nullopt;
        });
    }
    void answerAlways(const std::string& part, http::Response response)
    {
        hub.answer([part, response](const ModelHub::Asked& asked) {
            return asked.request.target.find(part) != std::string::npos ? std::optional(response) : std::nullopt;
        });
    }

    [[nodiscard]] static std::string read(const std::filesystem::path& file)
    {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        return text.str();
    }

    static constexpr const char* weights = "unet/diffusion_pytorch_model.fp16.safetensors";
    ModelHub hub;
    RealClock clock;
    const std::string token = "hf_planted_token";
    const std::filesystem::path cache = std::filesystem::temp_directory_path() / ("visgate-store-" + randomHex(8));
    const HubLayout layout{cache, ModelHub::id};
    std::mutex mutex;
    std::vector<FetchProgress::State> told;
    std::atomic<int> signs{0};
};

} // namespace visgate::worker
