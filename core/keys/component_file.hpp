#pragma once

#include <filesystem>

#include "core/keys/components.hpp"
#include "core/keys/sealed_file.hpp"

namespace tongka::core {

/// What one custodian keeps: one component of each key of an owner, all with the same number.
struct ComponentSet {
    KeyOwner owner;
    Byte number = 1;
    Byte count = 2;
    std::vector<Component> components;
};

/// Splits keys for `count` custodians.
[[nodiscard]] std::vector<ComponentSet> split_all(const KeyOwner& owner, const std::vector<KeyEntry>& keys, Byte count,
                                                  Random& random);

/// The keys again; an Error where sets are missing, given twice or do not belong together.
[[nodiscard]] Result<std::vector<KeyEntry>> combine_all(const std::vector<ComponentSet>& sets);

/// A new sealed file, under the custodian's own pass phrase. Errors begin with the path.
[[nodiscard]] Result<void> write_component_file(const std::filesystem::path& path, const ComponentSet& set,
                                                const PassPhrase& pass, Random& random, const StretchCost& cost = {});
[[nodiscard]] Result<ComponentSet> read_component_file(const std::filesystem::path& path, const PassPhrase& pass);

} // namespace tongka::core
