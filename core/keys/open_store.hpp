#pragma once

#include <memory>
#include <string>

#include "core/keys/key_file.hpp"

namespace tongka::core {

/// Opens the keys behind `where`: the path of a key file, or a pkcs11: URI (core/keys/token_uri.hpp), whose PIN is then
/// the pass phrase. `random` must outlive the store.
[[nodiscard]] Result<std::unique_ptr<KeyStore>> open_key_store(const std::string& where, const PassPhrase& pass,
                                                               Random& random, Access access = Access::read);

/// A new store with these keys: a new file, which appears with all of them or not at all, or a token that holds no keys
/// of ours (one whose creation was cut off before its keys came counts as such).
[[nodiscard]] Result<std::unique_ptr<KeyStore>> create_key_store(const std::string& where, KeyOwner owner,
                                                                 const PassPhrase& pass, Random& random,
                                                                 const std::vector<KeyEntry>& keys = {});

/// Destroys every key behind `where`, and the file; a key file needs no pass phrase for it.
[[nodiscard]] Result<void> destroy_key_store(const std::string& where, const PassPhrase& pin, Random& random);

} // namespace tongka::core
