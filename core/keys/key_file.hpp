#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/keys/key_store.hpp"
#include "core/keys/locked_file.hpp"
#include "core/keys/memory_store.hpp"
#include "core/keys/sealed_file.hpp"

namespace tongka::core {

enum class Access : Byte { read, change };

/// The keys of one owner in one encrypted file. Each change is on the disk, whole, when its call returns; one that
/// cannot be kept does not happen. Errors begin with the path.
class FileKeyStore final : public KeyStore {
public:
    /// A new file, locked for changes, that appears with all of these keys or not at all. `random`, the source of salt
    /// and nonces, must outlive the store.
    [[nodiscard]] static Result<std::unique_ptr<FileKeyStore>> create(const std::filesystem::path& path, KeyOwner owner,
                                                                      const PassPhrase& pass, Random& random,
                                                                      const StretchCost& cost = {},
                                                                      const std::vector<KeyEntry>& keys = {});
    /// For changes the file stays locked until the store goes: another program that would change it is told so.
    [[nodiscard]] static Result<std::unique_ptr<FileKeyStore>>
    open(const std::filesystem::path& path, const PassPhrase& pass, Random& random, Access access = Access::read);

    [[nodiscard]] const KeyOwner& owner() const override { return content_.owner(); }
    [[nodiscard]] const std::vector<KeyRecord>& records() const override { return content_.records(); }
    [[nodiscard]] Result<Key> diversify(const KeyName& name, std::span<const std::array<Byte, 8>> factors) override;
    [[nodiscard]] Result<Key> release(const KeyName& name) override;
    [[nodiscard]] Result<void> add(KeyRecord record, const Key& key) override;
    [[nodiscard]] Result<void> set_state(const KeyName& name, KeyState state) override;
    [[nodiscard]] Result<void> together(const std::function<Result<void>()>& changes) override;

private:
    FileKeyStore(std::string path, std::optional<LockedFile> file, Seal seal, MemoryKeyStore content, Random& random)
        : path_(std::move(path)), file_(std::move(file)), seal_(std::move(seal)), content_(std::move(content)),
          random_(random) {}

    std::string path_; ///< as it was given
    std::optional<LockedFile> file_;
    Seal seal_;
    MemoryKeyStore content_;
    Random& random_;
    bool together_ = false;
};

/// Overwrites a sealed file and removes it; an Error for any other file. Needs no pass phrase.
[[nodiscard]] Result<void> destroy_key_file(const std::filesystem::path& path);

} // namespace tongka::core
