#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/actor/file_set.hpp"
#include "harness/clearing/judge.hpp"
#include "harness/clearing/tac_keys.hpp"

namespace tongka::harness {

/// What the check of `tongka settle check` says of the records of a set of files; each layout is checked once, when it
/// is first asked for.
class JudgedFiles {
public:
    /// `keys`: null where there are none; TACs are then not looked at. Both must outlive it.
    JudgedFiles(const FileSet& set, clearing::TacKeys* keys, std::array<core::Byte, 7> latest)
        : set_(set), keys_(keys), latest_(latest) {}

    /// For each file of the layout, in the order of FileSet::of, and each of its records.
    [[nodiscard]] core::Result<const std::vector<std::vector<clearing::Judgement>>*> of(const std::string& layout);

    [[nodiscard]] bool has_keys() const { return keys_ != nullptr; }

private:
    const FileSet& set_;
    clearing::TacKeys* keys_;
    std::array<core::Byte, 7> latest_;
    std::map<std::string, std::vector<std::vector<clearing::Judgement>>> judged_;
};

} // namespace tongka::harness
