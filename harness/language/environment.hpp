#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "harness/language/lookup.hpp"
#include "harness/language/value.hpp"

namespace tongka::harness {

/// The names bound so far in a running case or procedure, and what comes from outside. The lookup must outlive it.
class Environment {
public:
    explicit Environment(Lookup& lookup) : lookup_(&lookup) {}

    [[nodiscard]] Lookup& lookup() const { return *lookup_; }

    /// Null for a name that is not bound: its step was passed over, or did not come to it.
    [[nodiscard]] const Value* find(std::string_view name) const;

    /// An Error for a name that is bound already.
    [[nodiscard]] core::Result<void> bind(std::string_view name, Value value);

    /// How many names are bound, and back to no more than that.
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    void shrink(std::size_t size);

private:
    Lookup* lookup_;
    std::vector<std::pair<std::string, Value>> names_; ///< a case has a score or two: a list is quicker than a tree
};

} // namespace tongka::harness
