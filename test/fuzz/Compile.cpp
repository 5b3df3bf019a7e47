//===- Compile.cpp - compiles text as slb-compile does --------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compile.h"
#include "Folder.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/xxhash.h"

using namespace slb;

CompilerOptions slb::readOptions(llvm::StringRef text) {
  CompilerOptions options;
  llvm::StringRef line = text.split('\n').first;
  if (!line.consume_front("//"))
    return options;
  llvm::SmallVector<llvm::StringRef> words;
  line.split(words, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef word : words) {
    auto [name, value] = word.split('=');
    if (name == "--target")
      options.target = value.str();
    else if (name == "--name")
      options.name = value.str();
    else if (name == "--strategy")
      options.strategies.push_back(value.str());
    else if (name == "--compile-from")
      options.from = symbolizePhase(value);
    else if (name == "--compile-to")
      options.to = symbolizePhase(value);
    else if (name == "--weights-file")
      options.weightsFile = getFolder() + "/weights.c";
    else if (name == "--report")
      options.reportFile = getFolder() + "/report.json";
    options.staticArena |= name == "--static-arena";
    options.profile |= name == "--profile";
  }
  return options;
}

/// Texts on which MLIR's parser itself crashes: docs/guide/testing.md.
static bool crashesParser(llvm::StringRef text) {
  return text.contains("array<index");
}

/// Parses and verifies `text`. The compiler guards its parser against crashes,
/// which would hide ours.
static void parse(const std::string &text) {
  mlir::DialectRegistry registry;
  registerPipelineDialects(registry);
  mlir::MLIRContext context(registry);
  mlir::ScopedDiagnosticHandler handler(
      &context, [](mlir::Diagnostic &) { return mlir::success(); });
  (void)mlir::parseSourceString<mlir::ModuleOp>(text, &context);
}

/// Asks the host's C compiler what it thinks of the network.
static void checkSyntax(llvm::StringRef path) {
  static const auto cc = llvm::sys::findProgramByName("cc");
  if (!cc)
    return;
  llvm::StringRef arguments[] = {*cc,       "-std=c99",     "-fsyntax-only",
                                 "-Wall",   "-Wextra",      "-Wpedantic",
                                 "-Werror", "-Wconversion", path};
  if (llvm::sys::ExecuteAndWait(*cc, arguments) != 0)
    abandon("cc refuses '" + path.str() + "'");
}

void slb::compileText(llvm::StringRef text, CompilerOptions options) {
  if (crashesParser(text))
    return;
  parse(text.str()); // MLIR's lexer reads the 0 behind the text.
  options.input = getFolder() + "/model.mlir";
  options.output = getFolder() + (options.to ? "/net.mlir" : "/net.c");
  options.quiet = true;
  writeFile("model.mlir", reinterpret_cast<const uint8_t *>(text.data()),
            text.size());
  llvm::sys::fs::remove(options.output);
  bool succeeds = mlir::succeeded(compileModel(options));
  if (succeeds != llvm::sys::fs::exists(options.output))
    abandon(succeeds ? "success without a file" : "failure leaves a file");
  bool plainC = succeeds && !options.to && options.target == "c99";
  if (plainC && llvm::xxh3_64bits(text) % 64 == 0)
    checkSyntax(options.output);
}
