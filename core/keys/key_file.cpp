#include "core/keys/key_file.hpp"

namespace tongka::core {

namespace fs = std::filesystem;

template <typename T>
static Result<T> at(const std::string& path, Result<T> result) {
    if (!result)
        return fail(result.error().at(path));
    return result;
}

Result<std::unique_ptr<FileKeyStore>> FileKeyStore::create(const fs::path& path, KeyOwner owner, const PassPhrase& pass,
                                                           Random& random, const StretchCost& cost,
                                                           const std::vector<KeyEntry>& keys) {
    MemoryKeyStore content(owner);
    for (const auto& [record, key] : keys)
        TONGKA_CHECK(at(path.string(), content.add(record, key)));
    auto seal = Seal::make(SealedContent::keys, pass, random, cost);
    TONGKA_TRY(auto file, at(path.string(), LockedFile::create(path, seal.close(content.to_bytes(), random))));
    return std::unique_ptr<FileKeyStore>(
        new FileKeyStore(path.string(), std::move(file), std::move(seal), std::move(content), random));
}

Result<std::unique_ptr<FileKeyStore>> FileKeyStore::open(const fs::path& path, const PassPhrase& pass, Random& random,
                                                         Access access) {
    std::optional<LockedFile> file;
    if (access == Access::change) {
        TONGKA_TRY(file, at(path.string(), LockedFile::open(path)));
    }
    TONGKA_TRY(const auto bytes, at(path.string(), file ? file->read() : read_whole_file(path)));
    TONGKA_TRY(auto opened, at(path.string(), Seal::open(bytes, SealedContent::keys, pass)));
    TONGKA_TRY(auto content, at(path.string(), MemoryKeyStore::from_bytes(opened.content)));
    return std::unique_ptr<FileKeyStore>(
        new FileKeyStore(path.string(), std::move(file), std::move(opened.seal), std::move(content), random));
}

Result<Key> FileKeyStore::diversify(const KeyName& name, std::span<const std::array<Byte, 8>> factors) {
    return at(path_, content_.diversify(name, factors));
}

Result<Key> FileKeyStore::release(const KeyName& name) {
    return at(path_, content_.release(name));
}

Result<void> FileKeyStore::add(KeyRecord record, const Key& key) {
    return together([&] { return at(path_, content_.add(std::move(record), key)); });
}

Result<void> FileKeyStore::set_state(const KeyName& name, KeyState state) {
    return together([&] { return at(path_, content_.set_state(name, state)); });
}

Result<void> FileKeyStore::together(const std::function<Result<void>()>& changes) {
    if (together_)
        return changes();
    if (!file_)
        return at(path_, Result<void>(fail("was opened for reading, not for changes")));
    together_ = true;
    auto kept = content_.together([&]() -> Result<void> {
        TONGKA_CHECK(changes());
        return at(path_, file_->replace(seal_.close(content_.to_bytes(), random_)));
    });
    together_ = false;
    return kept;
}

Result<void> destroy_key_file(const fs::path& path) {
    TONGKA_TRY(auto file, at(path.string(), LockedFile::open(path)));
    TONGKA_TRY(const auto bytes, at(path.string(), file.read()));
    if (!looks_sealed(bytes))
        return fail(path.string() + ": is no key file, and stays as it is");
    return at(path.string(), file.destroy());
}

} // namespace tongka::core
