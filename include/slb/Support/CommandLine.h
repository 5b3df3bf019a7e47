//===- CommandLine.h - a strict table of command line options ---*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SUPPORT_COMMANDLINE_H
#define SLB_SUPPORT_COMMANDLINE_H

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace slb {

/// A table of llvm::cl's options whose values are set in the order of the
/// table, not of the command line, so that a later option may refine what an
/// earlier one chose.
class CommandLine {
public:
  /// Takes the value; returns what it expects if the value is wrong, else an
  /// empty string.
  using Setter = std::function<std::string(const std::string &value)>;

  CommandLine();
  ~CommandLine();

  /// Begins a group of options in the help text.
  void group(const std::string &title);
  void option(const std::string &name, const std::string &valueName,
              const std::string &help, Setter setter);
  void required(const std::string &name, const std::string &valueName,
                const std::string &help, Setter setter);
  void flag(const std::string &name, const std::string &help, bool &target);

  /// Ends the program for --help, --version, and options that are not in the
  /// table. False and one line in `error` that names the option, what is
  /// expected and what was found, for a value that is wrong.
  bool parse(int argc, char **argv, const char *overview, std::string &error);

  static Setter text(std::string &target);
  static Setter choice(std::string &target, std::vector<std::string> choices);
  static Setter choice(int64_t &target, std::vector<int64_t> choices);
  static Setter integer(int64_t &target, int64_t least, int64_t most);
  static Setter real(double &target, double least, double most);
  static Setter real(std::optional<double> &target, double least, double most);

private:
  struct Options;
  std::unique_ptr<Options> options;
};

} // namespace slb

#endif // SLB_SUPPORT_COMMANDLINE_H
