#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// One block of a vector file: `name = value` lines. Each value must be taken, so that a misspelt name is not passed
/// over.
class Vector {
public:
    Vector(std::string place, std::map<std::string, std::string> values)
        : place_(std::move(place)), values_(std::move(values)) {}

    /// The value under `name`, taken out; throws std::runtime_error when there is none.
    std::string text(const std::string& name);
    Bytes bytes(const std::string& name);

    /// The names nobody took.
    [[nodiscard]] std::vector<std::string> left_over() const;
    [[nodiscard]] const std::string& place() const { return place_; }

private:
    std::string place_;
    std::map<std::string, std::string> values_;
};

/// Reads `name = value` blocks parted by blank lines; `#` starts a comment line. An Error for an unreadable file, a
/// line of another form, a name twice in a block, or a file without any block.
[[nodiscard]] Result<std::vector<Vector>> read_vectors(const std::string& path);

} // namespace tongka::core
