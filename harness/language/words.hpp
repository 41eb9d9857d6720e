#pragma once

#include <string>
#include <utility>

namespace tongka::harness {

/// What people read. Where one text was written for both languages, both hold it.
struct Words {
    std::string zh{};
    std::string en{};

    /// What is said in one language alone, such as the message of an Error.
    [[nodiscard]] static Words of_one(std::string text) { return {text, std::move(text)}; }

    [[nodiscard]] bool empty() const { return zh.empty() && en.empty(); }
};

} // namespace tongka::harness
