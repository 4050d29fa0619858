// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QString>
#include <QVariant>

#include <memory>

namespace visgate {

/// One setting: its stable key and what holds while nothing is stored.
template <typename T> struct Setting {
    QString key;
    T fallback;
};

/// Every setting of the program, in one table.
struct SettingsTable {
    Setting<QString> language{QStringLiteral("look/language"), QString()};          ///< "en", "tr"; empty: the system's
    Setting<QString> theme{QStringLiteral("look/theme"), QStringLiteral("system")}; ///< "system", "light", "dark"
    Setting<QString> workerImage{QStringLiteral("worker/image"), QString()};        ///< empty: the public one, or none
    /// Oldest CUDA version that the worker image runs with; hosts below it are not asked for. Empty: any.
    Setting<QString> workerCudaFloor{QStringLiteral("worker/cuda_floor"), QStringLiteral("12.4")};
    Setting<QString> runpodRestUrl{QStringLiteral("runpod/rest_url"), QStringLiteral("https://api.runpod.io/v2")};
    Setting<QString> runpodQueueUrl{QStringLiteral("runpod/queue_url"), QStringLiteral("https://api.runpod.ai/v2")};
    /// GraphQL, for the balance only; empty switches it off.
    Setting<QString> runpodGraphqlUrl{
        QStringLiteral("runpod/graphql_url"), QStringLiteral("https://api.runpod.io/graphql")};
    Setting<QString> hubUrl{QStringLiteral("hub/url"), QStringLiteral("https://huggingface.co")};
    Setting<QString> imageRegistryUrl{
        QStringLiteral("worker/registry_url"), QString()}; ///< of images whose name has no host; empty: Docker's
    Setting<QString> storageEndpoint{QStringLiteral("storage/endpoint"), QString()};
    Setting<QString> storageRegion{QStringLiteral("storage/region"), QString()};
    Setting<QString> storageBucket{QStringLiteral("storage/bucket"), QString()};
    Setting<QString> storagePrefix{QStringLiteral("storage/prefix"), QString()};
    /// The provider's S3 side of its volumes; %1 stands for the data center in lower case.
    Setting<QString> runpodVolumesUrl{
        QStringLiteral("runpod/volumes_url"), QStringLiteral("https://s3api-%1.runpod.io")};
    Setting<bool> callbackReceiver{QStringLiteral("callback/enabled"), false};
    Setting<int> callbackPort{QStringLiteral("callback/port"), 0}; ///< 0: the system picks one
    Setting<bool> localApi{QStringLiteral("api/enabled"), false};
    Setting<int> localApiPort{QStringLiteral("api/port"), 8080};
    /// What the program's own log takes: a level ("info"), then those of single parts ("network=debug"), by commas.
    Setting<QString> logLevels{QStringLiteral("log/levels"), QStringLiteral("info")};
    /// A Python that has torch and diffusers, for real models on this computer: its path; empty: the picture engine's.
    Setting<QString> pictureEnginePython{QStringLiteral("this_computer/python"), QString()};
    Setting<double> practiceSpeed{QStringLiteral("practice/speed"), 60.0}; ///< practice seconds a real second
};

/// The stored differences from the table's fallbacks, in one file. Objects over the same file see each other's
/// writes, on any thread; one object stays on one thread.
class Settings {
public:
    explicit Settings(const QString& file);

    [[nodiscard]] static const SettingsTable& table();

    template <typename T> [[nodiscard]] T value(const Setting<T>& setting) const
    {
        return m_store.value(setting.key, QVariant::fromValue(setting.fallback)).template value<T>();
    }

    /// Storing the fallback removes the entry. False if the file could not be written.
    template <typename T> bool set(const Setting<T>& setting, const T& value)
    {
        if (value == setting.fallback)
            m_store.remove(setting.key);
        else
            m_store.setValue(setting.key, QVariant::fromValue(value));
        m_store.sync();
        return m_store.status() == QSettings::NoError;
    }

private:
    QSettings m_store;
};

} // namespace visgate
