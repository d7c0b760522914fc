# relay: build, test, run, install. `make help` names the targets.

VERSION := $(shell sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)
PREFIX  ?= /usr/local
DESTDIR ?=
SHELL   := /bin/sh

target := target
image  := $(target)/relay
done   := $(target)/done
# Sorted, so that a list read from the disk never matters; directories too, so that a deleted file is noticed.
tree    = $(if $(wildcard $(1)),$(sort $(shell find $(wildcard $(1)))))

# Looked for once, and only by targets that build.
JDK = $(eval JDK := $(shell sh src/dist/find-jdk.sh))$(JDK)
tools = @test -n "$(JDK)" || { echo "relay: no JDK 25 found: install one (https://adoptium.net, or your package manager) and set JAVA_HOME" >&2; exit 1; }; \
	command -v mvn >/dev/null || { echo "relay: no Maven found: install Maven 3.8 or later (apt-get install maven, brew install maven)" >&2; exit 1; }

# Maven says what went wrong and, of the tests, how many ran.
log     = -Dorg.slf4j.simpleLogger
quiet   = $(log).defaultLogLevel=warn -Djansi.noreset=true
results = $(log).log.org.apache.maven.plugin.surefire=info $(log).log.org.apache.maven.plugin.failsafe=info
mvn     = JAVA_HOME="$(JDK)" MAVEN_OPTS="$(quiet) $(1) $${MAVEN_OPTS-}" mvn --batch-mode --no-transfer-progress
MAINTAINER ?= relay maintainers <maintainers@relay.example>
beside_upstream = sh src/dist/upstream.sh "$(JDK)" $(target)

.PHONY: all test run bench soak install uninstall dist deb picture reproducible format docs clean help FORCE
.DELETE_ON_ERROR:

all: $(done)/image $(done)/documents ## build the image in target/relay (the default)

$(done)/jars: pom.xml .mvn/jvm.config $(call tree,src/main src/dist/java src/dist/version)
	$(tools)
	@echo "compiling"
	@$(call mvn) package -Dmaven.test.skip=true
	@mkdir -p $(@D) && touch $@

$(done)/runtime: src/dist/modules src/dist/runtime.sh
	$(tools)
	@echo "linking the runtime"
	@sh src/dist/runtime.sh "$(JDK)" $(target)
	@mkdir -p $(@D) && touch $@

$(done)/image: $(done)/jars $(done)/runtime $(wildcard src/dist/*.sh) src/dist/jvm.options \
		src/bench/java/dev/relay/bench/LocalUpstream.java
	$(tools)
	@echo "assembling the image and training its cache"
	@rm -f $(done)/documents
	@sh src/dist/image.sh "$(JDK)" $(VERSION) $(target)
	@touch $@

# Which commit is built; written only when it is another one.
$(target)/commit: FORCE
	@mkdir -p $(@D)
	@git describe --always --abbrev=12 --exclude='*' --dirty=-changed >$@.new 2>/dev/null || : >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# The commit, the manual and the completions are put in by themselves: a word changed in them needs no training.
$(done)/documents: $(done)/image $(target)/commit LICENSE NOTICE src/dist/CHANGELOG.md $(call tree,man completions)
	@sh src/dist/documents.sh $(image) "$$(cat $(target)/commit)"
	@touch $@

test: all ## build, then run all tests, those of the built launcher included
	@echo "testing"
	@$(call mvn,$(results)) verify -Drelay.image="$(CURDIR)/$(image)"

run: all ## build, then fetch URL=…; without a URL, from an upstream of its own
ifdef URL
	$(image)/bin/relay get "$(URL)"
else
	@$(beside_upstream) sh -c 'echo "$(image)/bin/relay get $$UPSTREAM_HTTP/hello"; exec $(image)/bin/relay get "$$UPSTREAM_HTTP/hello"'
endif

bench: all ## build, then measure relay beside curl, wget and HTTPie
	@$(call mvn) test-compile dependency:build-classpath -Dmdep.outputFile=$(target)/bench.classpath
	@"$(JDK)/bin/java" --enable-native-access=ALL-UNNAMED -Drelay.image="$(CURDIR)/$(image)" \
		-cp "$(target)/test-classes:$(target)/classes:$$(cat $(target)/bench.classpath)" dev.relay.bench.Bench $(ARGS)

soak: all ## build, then break streams at random for SECONDS=60, or once more as SEED=… says
	@$(call mvn) test-compile dependency:build-classpath -Dmdep.outputFile=$(target)/bench.classpath
	@"$(JDK)/bin/java" --enable-native-access=ALL-UNNAMED -Drelay.image="$(CURDIR)/$(image)" \
		-Drelay.soak.seconds="$(SECONDS)" -Drelay.soak.seed="$(SEED)" \
		-cp "$(target)/test-classes:$(target)/classes:$$(cat $(target)/bench.classpath)" dev.relay.unbroken.UnbrokenSoak

install: ## install the built image under PREFIX (/usr/local), below DESTDIR
	@test -x $(image)/bin/relay || { echo "relay: nothing to install: run make first" >&2; exit 1; }
	@sh src/dist/install.sh install $(image) "$(DESTDIR)$(PREFIX)"

uninstall: ## remove what install put there
	@sh src/dist/install.sh uninstall $(image) "$(DESTDIR)$(PREFIX)"

dist: all ## pack the image as a tar.gz, and the jars alone for any machine with Java 25
	@sh src/dist/pack.sh $(VERSION) $(target)

deb: all ## pack the image as a Debian package
	@sh src/dist/deb.sh $(VERSION) $(target) "$(MAINTAINER)"

picture: all ## draw src/dist/progress.svg anew, from a terminal (needs python3 and tmux)
	@python3 src/dist/picture.py "$(CURDIR)/$(image)/bin/relay" src/dist/progress.svg

reproducible: ## build the last commit twice, in two places, and compare the jars
	$(tools)
	@JAVA_HOME="$(JDK)" sh src/dist/reproducible.sh $(VERSION)

format: ## bring the sources into the form that the build checks
	$(tools)
	@$(call mvn) spotless:apply

docs: $(done)/jars ## make the manual and the completions from the option table
	$(tools)
	@"$(JDK)/bin/java" -cp $(target)/classes dev.relay.cli.Documents .

clean: ## remove everything that was built
	rm -rf $(target)

help: ## name the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile
