#pragma once

#include <vector>

#include "core/profile/profile.hpp"

/// Keys of a user card as WRITE KEY writes them (standards.md 3.5, 6).
namespace tongka::simulator {

enum class Directory { master, application };

struct WrittenKey {
    core::Byte id;
    core::Bytes header; ///< type, use, change, version or next state, algorithm or tries
    core::Bytes value;
    bool closes; ///< the master control key: once it stands, the directory's rights are asked for
};

/// All keys of a directory of this profile, its PIN among them.
[[nodiscard]] std::vector<WrittenKey> keys_of(const core::CardProfile& profile, Directory directory);

/// What protects the lines of a directory's files: DCMK in the MF, DAMK in the application. Null where there is none.
[[nodiscard]] const core::NamedKey* maintenance_key(const core::CardProfile& profile, Directory directory,
                                                    core::Byte id);

} // namespace tongka::simulator
