#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace tongka::harness {

/// One line of the record, written member by member. A tree of JSON values that is then written out was two thirds of
/// what a run costs beyond its exchanges; lines that stand there once per run are still made that way.
class JsonLine {
public:
    explicit JsonLine(std::string_view kind);

    /// Bytes that are no UTF-8 (in the name of a reader, say) become U+FFFD.
    JsonLine& add(std::string_view key, std::string_view text);
    JsonLine& add(std::string_view key, std::uint64_t number);
    /// For bool alone: a pointer to characters would turn into one.
    template <std::same_as<bool> Bool>
    JsonLine& add(std::string_view key, Bool value) {
        write_key(key);
        text_ += value ? "true" : "false";
        return *this;
    }

    /// A list or an object: begin, its members (`item` in a list), end.
    JsonLine& begin(std::string_view key, char bracket);
    JsonLine& begin_item(char bracket);
    JsonLine& item(std::string_view text);
    JsonLine& end(char bracket);

    /// The line, without line feed; the object is closed.
    [[nodiscard]] std::string finish() &&;

private:
    void separate();
    void write_key(std::string_view key);
    void write_text(std::string_view text);

    std::string text_;
    bool first_ = true; ///< nothing stands in the innermost bracket yet
};

} // namespace tongka::harness
