#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <span>

#include "core/bytes.hpp"

namespace tongka::core {

/// Where a device or a run takes its random numbers from; passed in, so that a run can be repeated.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<Byte> bytes) = 0;
};

/// The system's own generator.
class SystemRandom final : public Random {
public:
    void fill(std::span<Byte> bytes) override;
};

/// The same bytes for the same seed, on every machine. Not for keys.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : generator_(seed) {}
    void fill(std::span<Byte> bytes) override;

private:
    std::mt19937_64 generator_;
};

/// Serves a list first, one entry a request (cut or filled with zeros to the length asked for), then another generator:
/// with it published examples replay byte for byte.
class ScriptedRandom final : public Random {
public:
    ScriptedRandom(std::deque<Bytes> script, std::unique_ptr<Random> then)
        : script_(std::move(script)), then_(std::move(then)) {}
    void fill(std::span<Byte> bytes) override;

private:
    std::deque<Bytes> script_;
    std::unique_ptr<Random> then_;
};

} // namespace tongka::core
