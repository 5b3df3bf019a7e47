//===- Compile.h - compiles text as slb-compile does -----------*- C++ -*--===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_FUZZ_COMPILE_H
#define SLB_TEST_FUZZ_COMPILE_H

#include "slb/Pipelines/Compiler.h"

namespace slb {

/// The compiler's options that the first line of a model may hold:
/// `// --target=cortex-m4 --static-arena`. Others are ignored.
CompilerOptions readOptions(llvm::StringRef text);

/// Compiles `text`, with files in a folder of this process. Ends the program
/// with a message where the compiler fails but leaves a file, or succeeds but
/// writes none, or, for one network in 64, the C compiler has something to say.
void compileText(llvm::StringRef text, CompilerOptions options);

} // namespace slb

#endif // SLB_TEST_FUZZ_COMPILE_H
