#include "core/document/parse.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "core/document/builder.hpp"
#include "core/document/utf8.hpp"

namespace tongka::core::document {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Result<void> check_text(const Source& source, Limits limits) {
    const auto& text = source.text();
    if (text.size() > limits.bytes)
        return fail(fmt::format("{}: {} bytes are more than the {} a document may have", source.name(), text.size(),
                                limits.bytes));
    if (auto bad = find_bad_utf8(text); bad != text.size())
        return fail(Error{"this is not UTF-8 text"}.at(source.where(bad)));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            return fail(Error{fmt::format("control character {:02X} in the text", c)}.at(source.where(i)));
    }
    return {};
}

/// yaml-cpp's positions count bytes of the text from 0, and are negative where it knows none.
std::size_t offset_of(const YAML::Mark& mark) {
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

} // namespace

Result<Node> parse(std::string text, std::string name, Limits limits) {
    if (text.starts_with(byte_order_mark))
        text.erase(0, byte_order_mark.size());
    const auto source = std::make_shared<const Source>(std::move(name), std::move(text));
    TONGKA_CHECK(check_text(*source, limits));

    Builder builder(source, limits.depth);
    try {
        std::istringstream stream(source->text());
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder))
            return fail(fmt::format("{}:1:1: the document is empty", source->name()));
        builder.expect_no_more();
        parser.HandleNextDocument(builder);
    } catch (const YAML::Exception& exception) {
        return fail(
            Error{fmt::format("malformed YAML: {}", exception.msg)}.at(source->where(offset_of(exception.mark))));
    } catch (Refused& refused) {
        return fail(std::move(refused.error));
    }
    return std::move(builder).root();
}

Result<Node> read(const std::filesystem::path& path, Limits limits) {
    std::ifstream file(path, std::ios::binary);
    std::string text;
    if (file) {
        text.resize(limits.bytes + 1);
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(file.gcount()));
    }
    if (!file.is_open() || file.bad())
        return fail(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
    if (text.size() > limits.bytes)
        return fail(fmt::format("{}: more than the {} bytes a document may have", path.string(), limits.bytes));
    return parse(std::move(text), path.string(), limits);
}

} // namespace tongka::core::document
