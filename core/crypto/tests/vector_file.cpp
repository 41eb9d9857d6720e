#include "core/crypto/tests/vector_file.hpp"

#include <fstream>
#include <stdexcept>

#include "core/hex.hpp"

namespace tongka::core {

std::string Vector::text(const std::string& name) {
    auto node = values_.extract(name);
    if (node.empty())
        throw std::runtime_error(place_ + ": no '" + name + "'");
    return node.mapped();
}

Bytes Vector::bytes(const std::string& name) {
    auto bytes = from_hex(text(name));
    if (!bytes)
        throw std::runtime_error(place_ + ": " + name + ": " + bytes.error().message);
    return *std::move(bytes);
}

std::vector<std::string> Vector::left_over() const {
    std::vector<std::string> names;
    for (const auto& [name, value] : values_)
        names.push_back(name);
    return names;
}

static std::string trim(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

Result<std::vector<Vector>> read_vectors(const std::string& path) {
    std::ifstream file(path);
    if (!file)
        return fail(path + ": cannot be read");
    std::vector<Vector> vectors;
    std::map<std::string, std::string> block;
    std::string line;
    int number = 0;
    int start = 0;
    const auto place = [&](int at) { return path + ":" + std::to_string(at); };
    const auto close_block = [&] {
        if (!block.empty())
            vectors.emplace_back(place(start), std::move(block));
        block.clear();
    };
    while (std::getline(file, line)) {
        ++number;
        line = trim(line);
        if (line.starts_with('#'))
            continue;
        if (line.empty()) {
            close_block();
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string::npos)
            return fail(place(number) + ": not 'name = value'");
        if (block.empty())
            start = number;
        if (!block.emplace(trim(line.substr(0, equals)), trim(line.substr(equals + 1))).second)
            return fail(place(number) + ": the name stands twice");
    }
    close_block();
    if (vectors.empty())
        return fail(path + ": holds no vector");
    return vectors;
}

} // namespace tongka::core
