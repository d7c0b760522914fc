// Sends back what it receives while it receives it, over HTTP/1.1 in clear and over HTTP/2: relay duplex is measured with
// it. The certificate goes to the file that is named; the two addresses are printed, a line each.
package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
	"time"
)

// Go answers over HTTP/1.1 once it has the request, unless the connection is taken out of its hands.
func overHTTP1(w http.ResponseWriter) {
	conn, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
	out := bufio.NewWriterSize(conn, 64*1024)
	chunks := httputil.NewChunkedWriter(out)
	echo(chunks, httputil.NewChunkedReader(buffered), func() { out.Flush() })
	chunks.Close()
	io.WriteString(out, "\r\n")
	out.Flush()
}

func overHTTP2(w http.ResponseWriter, body io.Reader) {
	flush := w.(http.Flusher).Flush
	flush()
	echo(w, body, flush)
}

func echo(to io.Writer, from io.Reader, flush func()) {
	piece := make([]byte, 64*1024)
	for {
		count, err := from.Read(piece)
		if count > 0 {
			if _, failed := to.Write(piece[:count]); failed != nil {
				return
			}
			flush()
		}
		if err != nil {
			return
		}
	}
}

func certificate(file string) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "localhost"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		DNSNames:              []string{"localhost"},
		IsCA:                  true,
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		log.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func listener() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

func main() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor == 1 {
			overHTTP1(w)
		} else {
			overHTTP2(w, r.Body)
		}
	})
	clear, secure := listener(), listener()
	server := &http.Server{
		Handler:   handler,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate(os.Args[1])}},
	}
	fmt.Printf("http://%s/\nhttps://localhost:%d/\n", clear.Addr(), secure.Addr().(*net.TCPAddr).Port)
	go func() { log.Fatal(http.Serve(clear, handler)) }()
	log.Fatal(server.ServeTLS(secure, "", ""))
}
